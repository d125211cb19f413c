import CoordinatorServer
import Crypto
import Foundation
import Identity
import NIOSSL
import Testing
import X509

/// Certificates that nobody should get in with; each refused, by the handshake or by the first request.
@Suite struct CertificateMatrixTests {
    private static func expectRefused(
        _ what: String,
        _ configuration: TLSConfiguration,
        _ federation: TestFederation
    ) async throws {
        let outcome = try await TLSProbe.dial(port: federation.servicePort, configuration)
        let isAlert = outcome.answer.isEmpty && !outcome.errors.isEmpty
        let isAnswer = ["401", "403"].contains { outcome.answer.hasPrefix("HTTP/1.1 \($0)") }
        #expect(isAlert || isAnswer, "\(what): \(outcome)")
        #expect(!outcome.answer.contains("signature-required"), "\(what) passed as a certificate")
    }

    @Test func `whatever is odd about a certificate, it is refused`() async throws {
        try await TestFederation.serving { federation in
            // Enrolled, so that only the certificate can be the reason.
            _ = try await federation.enrolledSite("alpha")
            let day = 86_400.0
            let name = TestFederation.name
            let odd: [(String, OddCertificate)] = [
                ("self-signed", OddCertificate(isSelfSigned: true)),
                ("expired", OddCertificate(end: Date().addingTimeInterval(-60))),
                ("not yet valid", OddCertificate(start: Date().addingTimeInterval(day / 2))),
                ("wrong usage", OddCertificate(usage: .codeSigning)),
                ("never registered", OddCertificate()),
                ("no name", OddCertificate(uris: [])),
                (
                    "two names",
                    OddCertificate(uris: ["fed://\(name)/site/alpha", "fed://x/site/b"])
                ),
                ("other federation", OddCertificate(uris: ["fed://other/site/alpha"])),
                ("coordinator's name", OddCertificate(uris: ["fed://\(name)/coordinator"])),
                ("no such role", OddCertificate(uris: ["fed://\(name)/admin/alpha"])),
                ("other curve", OddCertificate(key: .init(P384.Signing.PrivateKey()))),
                ("64 kB", OddCertificate(padding: 64 * 1024)),
            ]
            for (what, certificate) in odd {
                try await Self.expectRefused(what, try certificate.tls(federation), federation)
            }
        }
    }

    @Test func `the server's own certificate and the issuing one are no clients`() async throws {
        try await TestFederation.serving { federation in
            let server = try PartyCredentials(from: federation.folder.serverIdentity)
            try await Self.expectRefused(
                "server certificate",
                try OddCertificate.tls(
                    federation,
                    chain: server.chain,
                    key: Certificate.PrivateKey(server.key)
                ),
                federation
            )
            let issuing = try CertificateFile.read(from: federation.folder.issuingCertificate)
            let key = try PrivateKeyFile.read(from: federation.folder.issuingKey)
            let configuration = try OddCertificate.tls(
                federation,
                chain: issuing,
                key: Certificate.PrivateKey(key)
            )
            // BoringSSL does not present a certificate that may not sign digitally.
            await #expect(throws: (any Error).self) {
                try await TLSProbe.dial(port: federation.servicePort, configuration)
            }
        }
    }

    @Test func `a certificate in order passes, so the matrix can fail`() async throws {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            let credentials = try #require(site.signing?.credentials)
            let outcome = try await TLSProbe.dial(
                port: federation.servicePort,
                try federation.tls(credentials)
            )
            #expect(outcome.answer.contains("signature-required"), "\(outcome)")
        }
    }
}
