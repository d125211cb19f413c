import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// Takes the one request with which the browser comes back, on a free port of loopback.
final class RedirectListener: Sendable {
    let port: Int
    private let server: any Channel
    private let answers: AsyncStream<[String: String]>

    private init(_ server: any Channel, _ answers: AsyncStream<[String: String]>) {
        self.server = server
        self.answers = answers
        port = server.localAddress?.port ?? 0
    }

    static func open() async throws -> RedirectListener {
        let (answers, next) = AsyncStream.makeStream(of: [String: String].self)
        let server = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMap {
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(Handler(next: next))
                    }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return RedirectListener(server, answers)
    }

    /// The query of the first request that has one.
    ///
    /// - Throws: ``PeopleClientError`` if none comes in time.
    func answer(within limit: Duration) async throws -> [String: String] {
        try await withThrowingTaskGroup(of: [String: String]?.self) { tasks in
            defer { tasks.cancelAll() }
            tasks.addTask { [answers] in
                for await answer in answers { return answer }
                return nil
            }
            tasks.addTask {
                try await Task.sleep(for: limit)
                return nil
            }
            guard let answer = try await tasks.next() ?? nil else {
                throw PeopleClientError("nobody signed in within \(limit.components.seconds) s")
            }
            return answer
        }
    }

    func close() async throws { try await server.close() }

    private final class Handler: ChannelInboundHandler, Sendable {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        private let next: AsyncStream<[String: String]>.Continuation

        init(next: AsyncStream<[String: String]>.Continuation) { self.next = next }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            guard case .head(let head) = unwrapInboundIn(data) else { return }
            let query = Self.query(of: head.uri)
            let isAnswer = query["state"] != nil
            let text = isAnswer ? "You may close this window.\n" : "Nothing is here.\n"
            var answer = HTTPResponseHead(version: .http1_1, status: isAnswer ? .ok : .notFound)
            answer.headers.add(name: "Content-Type", value: "text/plain; charset=utf-8")
            answer.headers.add(name: "Content-Length", value: "\(text.utf8.count)")
            answer.headers.add(name: "Connection", value: "close")
            context.write(wrapOutboundOut(.head(answer)), promise: nil)
            let body = ByteBuffer(string: text)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil))).assumeIsolated().whenComplete { _ in
                context.close(promise: nil)
            }
            if isAnswer { next.yield(query) }
        }

        private static func query(of uri: String) -> [String: String] {
            guard let items = URLComponents(string: uri)?.queryItems else { return [:] }
            return Dictionary(
                items.compactMap { item in item.value.map { (item.name, $0) } },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }
}
