import DICOM
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A web server that answers as a test wants: servers that do not keep to the standard.
final class ScriptedPACS: Sendable {
    /// An answer.
    struct Answer: Sendable {
        var status = HTTPResponseStatus.ok
        var headers: [(String, String)] = []
        var body: [UInt8] = []
        /// Hangs up after the body without saying so before.
        var isCut = false

        static func json(_ text: String) -> Answer {
            Answer(headers: [("Content-Type", "application/dicom+json")], body: Array(text.utf8))
        }
    }

    let port: Int
    private let log: RequestLog

    /// The targets of all requests so far.
    var requests: [String] { log.targets.withLock { $0 } }

    /// The address before `/studies`.
    var address: String { "http://127.0.0.1:\(port)/web" }

    private init(port: Int, log: RequestLog) {
        self.port = port
        self.log = log
    }

    /// Runs `body` beside a server; `answer` gets target and number of each request.
    static func run(
        _ answer: @escaping @Sendable (_ target: String, _ number: Int) -> Answer,
        _ body: (ScriptedPACS) async throws -> Void
    ) async throws {
        let log = RequestLog()
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    try pipeline.configureHTTPServerPipeline()
                    try pipeline.addHandler(AnsweringHandler(answer: answer, log: log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        do {
            try await body(ScriptedPACS(port: channel.localAddress?.port ?? 0, log: log))
        } catch {
            try await channel.close()
            throw error
        }
        try await channel.close()
    }
}

/// What was asked for.
private final class RequestLog: Sendable {
    let targets = Mutex<[String]>([])
}

private final class AnsweringHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let answer: @Sendable (String, Int) -> ScriptedPACS.Answer
    private let log: RequestLog

    init(answer: @escaping @Sendable (String, Int) -> ScriptedPACS.Answer, log: RequestLog) {
        self.answer = answer
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .head(let head) = unwrapInboundIn(data) else { return }
        let number = log.targets.withLock { targets in
            targets.append(head.uri)
            return targets.count
        }
        let answer = answer(head.uri, number)
        var headers = HTTPHeaders(answer.headers)
        let length = answer.body.count + (answer.isCut ? 1000 : 0)
        headers.replaceOrAdd(name: "Content-Length", value: "\(length)")
        let response = HTTPResponseHead(version: .http1_1, status: answer.status, headers: headers)
        context.write(wrapOutboundOut(.head(response)), promise: nil)
        let body = ByteBuffer(bytes: answer.body)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        if answer.isCut {
            context.close(promise: nil)
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
    }
}
