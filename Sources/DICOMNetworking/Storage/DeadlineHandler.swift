import NIOCore

/// Ends associations that take too long: to ask, between two units, or in all.
///
/// Only whole units count, so a peer that sends a byte now and then gains nothing.
final class DeadlineHandler: ChannelInboundHandler {
    typealias InboundIn = Arrival
    typealias InboundOut = Arrival

    /// How long the peer may take to read the abort before the connection is cut.
    private static let graceTime = TimeAmount.seconds(5)

    private let limits: ReceiverLimits
    private var waiting: Scheduled<Void>?
    private var total: Scheduled<Void>?
    private var isExpired = false

    init(limits: ReceiverLimits) { self.limits = limits }

    func handlerAdded(context: ChannelHandlerContext) {
        waiting = schedule(limits.requestTime, .request, context)
        total = schedule(limits.totalTime, .total, context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isExpired else { return }
        waiting?.cancel()
        waiting = schedule(limits.idleTime, .idle, context)
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        waiting?.cancel()
        total?.cancel()
    }

    private func schedule(
        _ time: TimeAmount,
        _ timer: ReceiverLimits.Timer,
        _ context: ChannelHandlerContext
    ) -> Scheduled<Void> {
        context.eventLoop.assumeIsolatedUnsafeUnchecked().scheduleTask(in: time) {
            self.expire(timer, context)
        }
    }

    private func expire(_ timer: ReceiverLimits.Timer, _ context: ChannelHandlerContext) {
        guard !isExpired else { return }
        isExpired = true
        context.fireChannelRead(wrapInboundOut(.expired(timer)))
        context.fireChannelReadComplete()
        let channel = context.channel
        context.eventLoop.scheduleTask(in: Self.graceTime) { channel.close(promise: nil) }
    }
}
