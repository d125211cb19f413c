import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import NIOSSL

/// HTTP/1.1 behind a ``ConnectionGuard``.
struct GuardedChannel: ServerChildChannel {
    typealias Value = HTTP1Channel.Value

    private let base: HTTP1Channel
    private let limits: ConnectionLimits
    private let strangers: Strangers

    private init(_ base: HTTP1Channel, _ limits: ConnectionLimits) {
        self.base = base
        self.limits = limits
        strangers = Strangers(max: limits.strangersMax)
    }

    /// A server of TLS connections within these limits, whose context is asked for anew at each
    /// handshake.
    static func server(
        _ limits: ConnectionLimits,
        context: @escaping @Sendable () -> NIOSSLContext
    ) -> HTTPServerBuilder {
        HTTPServerBuilder { responder in
            let http = HTTP1Channel(
                responder: responder,
                configuration: .init(
                    additionalChannelHandlers: [RequestMarks()],
                    idleTimeout: limits.idle,
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: limits.headBytesMax,
                        maxHeaderListSize: limits.headBytesMax,
                        maxHeaderFieldCount: limits.headFieldsMax
                    )
                )
            )
            return TLSHandshake(base: GuardedChannel(http, limits), context: context)
        }
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        let milliseconds = Int(limits.unacknowledged.nanoseconds / 1_000_000)
        let userTimeout = ChannelOptions.Types.SocketOption.tcpOption(
            NIOBSDSocket.Option(rawValue: CInt(TCP_USER_TIMEOUT))
        )
        return channel.setOption(userTimeout, value: milliseconds).flatMapThrowing {
            try channel.pipeline.syncOperations.addHandler(
                ConnectionGuard(limits, strangers, logger)
            )
        }.flatMap { base.setup(channel: channel, logger: logger) }
    }

    func handle(value: Value, logger: Logger) async {
        await base.handle(value: value, logger: logger)
    }
}
