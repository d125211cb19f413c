import Foundation

/// A key and its self-signed certificate, made by `openssl req`, in a folder that goes with it.
final class KeyPair: Sendable {
    let folder: URL
    var keyFile: URL { folder.appending(path: "key.pem") }
    var certificateFile: URL { folder.appending(path: "certificate.pem") }
    let privateKey: [UInt8]
    let certificate: [UInt8]

    private init(folder: URL) throws {
        self.folder = folder
        privateKey = [UInt8](try Data(contentsOf: folder.appending(path: "key.pem")))
        certificate = [UInt8](try Data(contentsOf: folder.appending(path: "certificate.pem")))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func make(
        _ kind: [String] = ["-newkey", "rsa:2048"],
        days: Int = 30
    ) async throws -> KeyPair {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "envelopes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        _ = try await OpenSSL.run(
            ["req", "-x509", "-nodes", "-subj", "/CN=Records office"] + kind
                + ["-days", "\(days)", "-keyout", folder.appending(path: "key.pem").path]
                + ["-out", folder.appending(path: "certificate.pem").path]
        )
        return try KeyPair(folder: folder)
    }
}
