import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

/// The two channels of one connection through a ``FaultProxy``, on one event loop.
final class RelayPair: Sendable {
    private let near: any Channel
    private let far: any Channel

    private init(near: any Channel, far: any Channel) {
        self.near = near
        self.far = far
    }

    /// Dials the target and joins both channels; resets `near` when nobody listens.
    static func open(
        _ number: Int,
        _ near: any Channel,
        to target: Int,
        _ faults: FaultProxy.Faults,
        seed: UInt64,
        _ state: NIOLockedValueBox<FaultProxy.State>
    ) -> EventLoopFuture<Void> {
        ClientBootstrap(group: near.eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(
                .socketOption(.so_rcvbuf),
                value: faults.down.receiveBufferBytes
            )
            .connect(host: "127.0.0.1", port: target)
            .flatMapThrowing { far in
                let pair = RelayPair(near: near, far: far)
                state.withLockedValue { $0.pairs[number] = pair }
                let sides: [(LinkWay, LinkFaults, any Channel, any Channel)] = [
                    (.up, faults.up, near, far), (.down, faults.down, far, near),
                ]
                for (way, faults, from, to) in sides {
                    try from.pipeline.syncOperations.addHandler(
                        Relay(
                            way,
                            LinkSchedule(faults, seed: seed, connection: number, way: way),
                            to: to,
                            state
                        )
                    )
                }
                near.closeFuture.and(far.closeFuture).whenComplete { _ in
                    state.withLockedValue { _ = $0.pairs.removeValue(forKey: number) }
                }
                // The near one is not active yet; it reads once it is.
                far.read()
            }
            .flatMapErrorThrowing { _ in Self.reset(near) }
    }

    func resume() { each { $0.deliver() } }

    func goSilent() { each { $0.goSilent() } }

    func reset() { for channel in [near, far] { Self.reset(channel) } }

    private func each(_ body: @escaping @Sendable (Relay) -> Void) {
        for channel in [near, far] {
            channel.eventLoop.execute {
                (try? channel.pipeline.syncOperations.handler(type: Relay.self)).map(body)
            }
        }
    }

    /// Ends a connection with RST instead of FIN.
    static func reset(_ channel: any Channel) {
        if let socket = channel as? any SocketOptionProvider {
            _ = socket.setSoLinger(linger(l_onoff: 1, l_linger: 0))
        }
        channel.close(promise: nil)
    }
}

/// One way: takes what a channel reads and gives it to the other when the schedule says.
final class Relay: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private enum Item {
        case bytes(ByteBuffer)
        case close
        case reset
    }

    private static let waitingBytesMax = 32 * 1024
    private let way: LinkWay
    private let target: any Channel
    private let state: NIOLockedValueBox<FaultProxy.State>
    private var schedule: LinkSchedule
    private var queue: [(due: NIODeadline, item: Item)] = []
    private var free = NIODeadline.now()
    private var waitingBytes = 0
    private var isSilent = false
    private var isDelivering = false
    private var timer: Scheduled<Void>?
    private var source: (any Channel)?

    init(
        _ way: LinkWay,
        _ schedule: LinkSchedule,
        to target: any Channel,
        _ state: NIOLockedValueBox<FaultProxy.State>
    ) {
        self.way = way
        self.schedule = schedule
        self.target = target
        self.state = state
    }

    func handlerAdded(context: ChannelHandlerContext) { source = context.channel }

    func channelActive(context: ChannelHandlerContext) { context.read() }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var buffer = unwrapInboundIn(data)
        guard !isSilent else { return }
        free = max(free, .now())
        for step in schedule.steps(for: buffer.readableBytes) {
            switch step {
            case .deliver(let count, let busy):
                free = free + busy
                if let bytes = buffer.readSlice(length: count) { add(.bytes(bytes)) }
            case .corrupt(let busy):
                free = free + busy
                guard let byte = buffer.readInteger(as: UInt8.self) else { continue }
                add(.bytes(ByteBuffer(integer: byte ^ 1)))
            case .swallow(let count):
                buffer.moveReaderIndex(forwardBy: count)
            case .reset:
                add(.reset)
            }
        }
        deliver()
    }

    func channelReadComplete(context: ChannelHandlerContext) { readMore() }

    func channelInactive(context: ChannelHandlerContext) {
        guard !isSilent else { return }
        add(.close)
        deliver()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    func goSilent() {
        isSilent = true
        queue.removeAll()
        waitingBytes = 0
        readMore()
    }

    private func add(_ item: Item) {
        if case .bytes(let buffer) = item { waitingBytes += buffer.readableBytes }
        queue.append((free + schedule.delay, item))
    }

    private func readMore() {
        if waitingBytes < Self.waitingBytesMax { source?.read() }
    }

    /// Delivers what is due, and comes back for the rest.
    func deliver() {
        timer?.cancel()
        timer = nil
        guard !state.withLockedValue({ $0.held.contains(way) }) else { return }
        // A reset closes this channel too, which comes back here.
        guard !isDelivering else { return }
        isDelivering = true
        defer { isDelivering = false }
        let wasFull = waitingBytes >= Self.waitingBytesMax
        while let next = queue.first, next.due <= .now() {
            queue.removeFirst()
            perform(next.item)
        }
        target.flush()
        if wasFull { readMore() }
        guard let next = queue.first else { return }
        timer = target.eventLoop.assumeIsolated().scheduleTask(deadline: next.due) {
            self.deliver()
        }
    }

    private func perform(_ item: Item) {
        switch item {
        case .bytes(let buffer):
            waitingBytes -= buffer.readableBytes
            let cut = state.withLockedValue { state -> [RelayPair] in
                state.delivered[way, default: 0] += buffer.readableBytes
                guard let cut = state.cuts[way], state.delivered[way, default: 0] >= cut else {
                    return []
                }
                state.cuts[way] = nil
                return Array(state.pairs.values)
            }
            target.write(buffer, promise: nil)
            for pair in cut { pair.reset() }
        case .close: target.close(promise: nil)
        case .reset:
            RelayPair.reset(target)
            source.map(RelayPair.reset)
        }
    }
}
