import NIOCore
import NIOExtras
import NIOHTTP1
import NIOPosix

/// A connection to a target, through a proxy's CONNECT where there is a proxy.
struct ProxyTunnel {
    let host: String
    let port: Int
    let proxy: ProxySettings?

    /// Opens the connection.
    ///
    /// - Throws: ``AgentError`` `unavailable` saying whether proxy or target did not answer.
    func open() async throws -> any Channel {
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
        guard let proxy else {
            do {
                return try await bootstrap.connect(host: host, port: port).get()
            } catch {
                throw AgentError(
                    .unavailable,
                    "no connection to \(host):\(port) (\(type(of: error)))",
                    hint: "check the name, and that a firewall lets this machine dial port \(port)"
                )
            }
        }
        let channel: any Channel
        do {
            channel = try await bootstrap.connect(host: proxy.host, port: proxy.port).get()
        } catch {
            throw AgentError(
                .unavailable,
                "no connection to the proxy \(proxy.host):\(proxy.port) (\(type(of: error)))",
                hint: "check HTTPS_PROXY"
            )
        }
        try await connect(through: proxy, on: channel)
        return channel
    }

    private func connect(through proxy: ProxySettings, on channel: any Channel) async throws {
        let authorization = proxy.credentials.map { ("Proxy-Authorization", $0.authorization) }
        let headers = HTTPHeaders(
            [("Host", "\(host):\(port)")] + (authorization.map { [$0] } ?? [])
        )
        let promise = channel.eventLoop.makePromise(of: Void.self)
        try await channel.eventLoop.submit { [host, port] in
            let pipeline = channel.pipeline.syncOperations
            let encoder = HTTPRequestEncoder()
            let decoder = ByteToMessageHandler(
                HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)
            )
            let connect = NIOHTTP1ProxyConnectHandler(
                targetHost: host,
                targetPort: port,
                headers: headers,
                deadline: .now() + .seconds(10),
                promise: promise
            )
            promise.futureResult.assumeIsolated().whenSuccess {
                pipeline.removeHandler(encoder, promise: nil)
                pipeline.removeHandler(decoder, promise: nil)
            }
            try pipeline.addHandlers([encoder, decoder, connect])
        }.get()
        do {
            try await promise.futureResult.get()
        } catch {
            channel.close(promise: nil)
            throw failure(error, of: proxy)
        }
    }

    private func failure(_ error: any Error, of proxy: ProxySettings) -> AgentError {
        let isRefused = "\(error)".lowercased().contains("authenticationrequired")
        return isRefused
            ? AgentError(
                .unavailable,
                "the proxy \(proxy.host):\(proxy.port) wants a user and password",
                hint: "set HTTPS_PROXY=http://user:password@\(proxy.host):\(proxy.port)"
            )
            : AgentError(
                .unavailable,
                "the proxy \(proxy.host):\(proxy.port) does not connect to \(host):\(port)"
                    + " (\(error))",
                hint: "ask its admins to allow CONNECT to \(host):\(port)"
            )
    }
}
