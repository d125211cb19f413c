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

    private static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "envelopes-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    /// A key whose certificate was valid in January 2020 only.
    static func makeExpired() async throws -> KeyPair {
        let folder = try newFolder()
        func path(_ name: String) -> String { folder.appending(path: name).path }
        let settings = """
            [ca]
            default_ca = authority
            [authority]
            database = \(path("index"))
            new_certs_dir = \(folder.path)
            serial = \(path("serial"))
            default_md = sha256
            policy = names
            [names]
            commonName = supplied
            """
        for (name, text) in [("settings", settings), ("index", ""), ("serial", "01")] {
            try Data(text.utf8).write(to: folder.appending(path: name))
        }
        _ = try await OpenSSL.run([
            "req", "-new", "-nodes", "-newkey", "rsa:2048", "-subj", "/CN=Old", "-keyout",
            path("key.pem"), "-out", path("request.pem"),
        ])
        _ = try await OpenSSL.run([
            "ca", "-batch", "-selfsign", "-notext", "-config", path("settings"), "-in",
            path("request.pem"), "-keyfile", path("key.pem"), "-startdate", "20200101000000Z",
            "-enddate", "20200131000000Z", "-out", path("certificate.pem"),
        ])
        return try KeyPair(folder: folder)
    }

    static func make(_ kind: [String] = ["-newkey", "rsa:2048"]) async throws -> KeyPair {
        let folder = try newFolder()
        _ = try await OpenSSL.run(
            ["req", "-x509", "-nodes", "-subj", "/CN=Records office"] + kind
                + ["-days", "30", "-keyout", folder.appending(path: "key.pem").path]
                + ["-out", folder.appending(path: "certificate.pem").path]
        )
        return try KeyPair(folder: folder)
    }
}
