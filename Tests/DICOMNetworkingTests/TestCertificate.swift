import Foundation
import Subprocess
import SystemPackage
import Testing

/// A certificate for localhost that is its own authority, made by OpenSSL.
struct TestCertificate: Sendable {
    let certificate: URL
    let key: URL
    /// Both in one file.
    let combined: URL

    /// Makes one in a folder.
    static func make(in folder: URL, name: String = "localhost") async throws -> TestCertificate {
        let made = TestCertificate(
            certificate: folder.appending(path: "\(name)-cert.pem"),
            key: folder.appending(path: "\(name)-key.pem"),
            combined: folder.appending(path: "\(name).pem")
        )
        let run = try await Subprocess.run(
            .path("/usr/bin/openssl"),
            arguments: [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                "/CN=\(name)", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout", made.key.path, "-out", made.certificate.path,
            ],
            output: .discarded,
            error: .discarded
        )
        #expect(run.terminationStatus.isSuccess, "openssl made no certificate")
        try (Data(contentsOf: made.key) + Data(contentsOf: made.certificate)).write(
            to: made.combined
        )
        return made
    }
}
