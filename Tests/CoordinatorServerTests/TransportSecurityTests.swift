import CoordinatorServer
import Foundation
import NIOSSL
import Testing

/// Protocol.md section 3: who gets past the handshake.
@Suite struct TransportSecurityTests {
    @Test func `a client without a certificate gets the alert certificate_required`() async throws {
        try await TestFederation.serving { federation in
            let outcome = try await TLSProbe.dial(
                port: federation.servicePort,
                try federation.tls()
            )
            #expect(outcome.wasRefused(by: "CERTIFICATE_REQUIRED"), "\(outcome)")
        }
    }

    @Test(arguments: ["other-federation", TestFederation.name])
    func `a foreign authority's certificate gets an alert, whatever name it takes`(
        name: String
    ) async throws {
        try await TestFederation.serving { federation in
            let foreign = try TestCredentials(
                site: "alpha",
                of: try TestCredentials.foreignAuthority(named: name),
                at: Date()
            )
            let outcome = try await TLSProbe.dial(
                port: federation.servicePort,
                try federation.tls(foreign)
            )
            #expect(outcome.wasRefused(by: "UNKNOWN_CA"), "\(outcome)")
        }
    }

    @Test func `an expired certificate gets the alert certificate_expired`() async throws {
        try await TestFederation.serving { federation in
            let expired = try TestCredentials(
                site: "alpha",
                of: try federation.authority(),
                at: Date().addingTimeInterval(-40 * 86_400)
            )
            let outcome = try await TLSProbe.dial(
                port: federation.servicePort,
                try federation.tls(expired)
            )
            #expect(outcome.wasRefused(by: "CERTIFICATE_EXPIRED"), "\(outcome)")
        }
    }

    @Test func `tls 1_2 gets the alert protocol_version on both ports`() async throws {
        try await TestFederation.serving { federation in
            var configuration = try federation.tls()
            configuration.minimumTLSVersion = .tlsv12
            configuration.maximumTLSVersion = .tlsv12
            for port in [federation.servicePort, federation.enrolmentPort] {
                let outcome = try await TLSProbe.dial(port: port, configuration)
                #expect(outcome.wasRefused(by: "PROTOCOL_VERSION"), "\(outcome)")
            }
        }
    }

    @Test func `a certificate in order is answered, so the probe can fail`() async throws {
        try await TestFederation.serving { federation in
            let known = try TestCredentials(
                site: "alpha",
                of: try federation.authority(),
                at: Date()
            )
            let outcome = try await TLSProbe.dial(
                port: federation.servicePort,
                try federation.tls(known)
            )
            #expect(outcome.answer.hasPrefix("HTTP/1.1 403"), "\(outcome)")
        }
    }

    @Test(.enabled(if: OpenSSL.exists, "skipped: there is no /usr/bin/openssl"))
    func `the openssl client is refused without a certificate and below tls 1_3`() async throws {
        try await TestFederation.serving { federation in
            let root = federation.folder.rootCertificate.path
            let modern = try await OpenSSL.connect(
                port: federation.servicePort,
                ["-tls1_3", "-CAfile", root, "-verify_return_error"]
            )
            #expect(modern.contains("Verify return code: 0 (ok)"))
            #expect(modern.contains("SSL alert number 116"))
            #expect(!modern.contains("HTTP/1.1"))
            let old = try await OpenSSL.connect(
                port: federation.servicePort,
                ["-tls1_2", "-CAfile", root]
            )
            #expect(old.contains("SSL alert number 70"))
        }
    }
}
