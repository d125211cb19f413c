package import AsyncHTTPClient
import Crypto
package import Foundation
package import Identity
import NIOCore
package import NIOSSL

extension ChannelOption where Self == ChannelOptions.Types.SocketOption {
    /// Milliseconds after which bytes that the peer does not acknowledge end the connection (tcp(7)).
    static var tcpUserTimeout: Self {
        .tcpOption(NIOBSDSocket.Option(rawValue: CInt(TCP_USER_TIMEOUT)))
    }
}

/// TLS as a site speaks it: 1.3 only, the federation's root only, never the system's trust store.
package enum ClientTLS {
    /// For the service port: presents the site's certificate.
    package static func service(
        root: URL,
        credentials: PartyCredentials
    ) throws -> TLSConfiguration {
        var configuration = try enrolment(root: root)
        configuration.certificateChain = try credentials.chain.map {
            .certificate(
                try NIOSSLCertificate(bytes: try CertificateFile.der(of: $0), format: .der)
            )
        }
        configuration.privateKey = .privateKey(
            try NIOSSLPrivateKey(bytes: Array(credentials.key.derRepresentation), format: .der)
        )
        return configuration
    }

    /// For the enrolment port: the root was checked against the invite before.
    package static func enrolment(root: URL) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        // A coordinator that holds a long-poll does not answer a goodbye; a stopping agent does not wait for it.
        configuration.shutdownTimeout = .milliseconds(200)
        configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(root.path))
        return configuration
    }

    /// An HTTP/1.1 client with every timeout set and at most 4 connections (Protocol.md section 9),
    /// through the proxy that the environment names for the address.
    package static func httpClient(
        _ tls: TLSConfiguration,
        to address: CoordinatorAddress,
        patience: Patience = .standard
    ) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(
            connect: .seconds(10),
            read: .seconds(Int64(patience.silenceSeconds))
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 4
        configuration.redirectConfiguration = .disallow
        configuration.proxy = try ProxySettings(to: address.host, port: address.port)?.client
        configuration.http1_1ConnectionDebugInitializer = { channel in
            // Reads grow with what arrives: fewer system calls and wake-ups a part.
            channel.setOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(
                    minimum: 1024,
                    initial: 16 * 1024,
                    maximum: 512 * 1024
                )
            ).flatMap {
                channel.setOption(.tcpUserTimeout, value: patience.unacknowledgedMilliseconds)
            }
        }
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
