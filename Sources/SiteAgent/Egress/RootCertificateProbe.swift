import Foundation
import Identity
import NIOCore
import NIOPosix
import NIOSSL
import NIOConcurrencyHelpers

/// Fetches the certificates the enrolment port presents, without sending anything over the connection.
///
/// The handshake is always refused at our end: only when the root among them is the one the invite pins is it
/// written down and trusted for a second, ordinary connection.
struct RootCertificateProbe {
    let host: String
    let port: Int

    /// The presented root in PEM, if its key has the pinned fingerprint.
    ///
    /// - Throws: ``AgentError`` `unavailable`, or `IdentityError` `untrusted-root`.
    func root(pinnedAs fingerprint: String) async throws -> String {
        for pem in try await presentedChain().reversed() {
            do {
                try Enrolment.verify(rootPEM: pem, pinnedAs: fingerprint)
                return pem
            } catch { continue }
        }
        throw IdentityError(
            .untrustedRoot,
            "\(host):\(port) does not present the root certificate of the invite: something on the"
                + " way answers in its place, or the invite is of another federation"
        )
    }

    private func presentedChain() async throws -> [String] {
        let captured = NIOLockedValueBox<[NIOSSLCertificate]>([])
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv13
        let context = try NIOSSLContext(configuration: configuration)
        let name = host.allSatisfy { $0.isNumber || $0 == "." } ? nil : host
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(10))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = try NIOSSLClientHandler(context: context, serverHostname: name) {
                        chain,
                        promise in
                        captured.withLockedValue { $0 = chain }
                        promise.succeed(NIOSSLVerificationResult.failed)
                    }
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
        do {
            let channel = try await bootstrap.connect(host: host, port: port).get()
            try? await channel.closeFuture.get()
        } catch {
            throw AgentError(
                .unavailable,
                "no connection to \(host):\(port) (\(type(of: error)))",
                hint: "check the name, and that a firewall lets this machine dial port \(port)"
            )
        }
        return try captured.withLockedValue { chain in
            try chain.map { try CertificateFile.pem(ofDER: $0.toDERBytes()) }
        }
    }
}
