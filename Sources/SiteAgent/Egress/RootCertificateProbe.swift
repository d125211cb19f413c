import Foundation
import Identity
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
import NIOSSL

/// Fetches the certificates a port presents, without sending anything over the connection.
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
        let chain = try await presentedChain()
        for pem in chain.reversed() {
            do {
                try Enrolment.verify(rootPEM: pem, pinnedAs: fingerprint)
                return pem
            } catch { continue }
        }
        let issuer = PresentedChain(pem: chain).issuer.map { ", signed by \"\($0)\"" } ?? ""
        throw IdentityError(
            .untrustedRoot,
            "\(host):\(port) does not present the root certificate of the invite\(issuer):"
                + " something on the way answers in its place, or the invite is of another"
                + " federation"
        )
    }

    /// Everything the port presents, leaf first, in PEM.
    func presentedChain() async throws -> [String] {
        let captured = NIOLockedValueBox<[NIOSSLCertificate]>([])
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        let context = try NIOSSLContext(configuration: configuration)
        let name = host.allSatisfy { $0.isNumber || $0 == "." } ? nil : host
        let proxy = try ProxySettings(to: host, port: port)
        let channel = try await ProxyTunnel(host: host, port: port, proxy: proxy).open()
        try await channel.eventLoop.submit {
            let handler = try NIOSSLClientHandler(context: context, serverHostname: name) {
                chain,
                promise in
                captured.withLockedValue { $0 = chain }
                promise.succeed(NIOSSLVerificationResult.failed)
            }
            try channel.pipeline.syncOperations.addHandler(handler)
        }.get()
        let timeout = channel.eventLoop.scheduleTask(in: .seconds(10)) {
            channel.close(promise: nil)
        }
        try? await channel.closeFuture.get()
        timeout.cancel()
        return try captured.withLockedValue { chain in
            try chain.map { try CertificateFile.pem(ofDER: $0.toDERBytes()) }
        }
    }
}
