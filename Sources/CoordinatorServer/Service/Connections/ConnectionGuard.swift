import Foundation
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOTLS
import WireProtocol

/// Ends a connection whose peer is too slow or sends too much; stands between TLS and HTTP.
final class ConnectionGuard: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = IOData
    typealias OutboundOut = IOData

    private let strangers: Strangers
    private let logger: Logger
    private var pace: RequestPace
    private var timer: Scheduled<Void>?
    private var context: ChannelHandlerContext?
    /// Whether anything of an answer to the request under way was sent.
    private var hasAnswered = false
    private var isStranger = true

    init(_ limits: ConnectionLimits, _ strangers: Strangers, _ logger: Logger) {
        self.strangers = strangers
        self.logger = logger
        pace = RequestPace(limits, at: .now())
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        strangers.add(context.channel)
        watch()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        strangers.remove(context.channel)
        self.context = nil
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case .handshakeCompleted? = event as? TLSUserEvent {
            pace.shookHands()
            watch()
        }
        context.fireUserInboundEventTriggered(event)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let now = NIODeadline.now()
        if let violation = pace.received(unwrapInboundIn(data).readableBytes, at: now) {
            return end(violation)
        }
        context.fireChannelRead(data)
        watch()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        pace.held(at: .now())
        context.fireChannelReadComplete()
    }

    func read(context: ChannelHandlerContext) {
        pace.waits(at: .now())
        context.read()
    }

    func write(
        context: ChannelHandlerContext,
        data: NIOAny,
        promise: EventLoopPromise<Void>?
    ) {
        hasAnswered = true
        context.write(data, promise: promise)
    }

    func finishedHead() {
        pace.finishedHead(at: .now())
        hasAnswered = false
        guard isStranger, let context else { return }
        isStranger = false
        strangers.remove(context.channel)
    }

    func finishedRequest() { pace.finishedRequest() }

    /// Looks again when the peer has to have got on.
    private func watch() {
        guard timer == nil, let deadline = pace.deadline, let context else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(deadline: deadline) {
            self.timer = nil
            if let violation = self.pace.violation(at: .now()) {
                self.end(violation)
            } else {
                self.watch()
            }
        }
    }

    private func end(_ violation: RequestPace.Violation) {
        guard let context else { return }
        logger.info("connection ended", metadata: ["reason": "\(violation.rawValue)"])
        if !hasAnswered, let answer = Self.answer(to: violation) {
            hasAnswered = true
            context.writeAndFlush(wrapOutboundOut(.byteBuffer(answer)), promise: nil)
        }
        context.close(promise: nil)
    }

    /// The catalogue's answer in bytes: HTTP's own handlers are in the middle of a request.
    private static func answer(to violation: RequestPace.Violation) -> ByteBuffer? {
        let entry: ErrorCatalogue? =
            switch violation {
            case .slowHandshake: nil
            case .slowHead, .slowBody: .tooSlow
            case .longBody: .tooLarge
            }
        guard let entry,
            let body = try? WireCodec.encode(
                ErrorResponse(entry, correlationID: UUID().uuidString.lowercased())
            )
        else { return nil }
        var answer = ByteBuffer(
            string: """
                HTTP/1.1 \(entry.status) \(HTTPResponseStatus(statusCode: entry.status).reasonPhrase)\r
                Content-Type: application/json\r
                Content-Length: \(body.count)\r
                Connection: close\r
                \r\n
                """
        )
        answer.writeBytes(body)
        return answer
    }
}

/// Tells the guard of a connection where requests begin and end; stands after HTTP's decoder.
final class RequestMarks: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private var guardian: ConnectionGuard?

    func handlerAdded(context: ChannelHandlerContext) {
        guardian = try? context.pipeline.syncOperations.handler(type: ConnectionGuard.self)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: guardian?.finishedHead()
        case .body: break
        case .end: guardian?.finishedRequest()
        }
        context.fireChannelRead(data)
    }
}
