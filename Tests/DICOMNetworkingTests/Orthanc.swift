import Foundation
import NIOCore
import NIOPosix
import Subprocess
import SystemPackage

/// A real PACS on free ports of the loopback: Orthanc with its DICOMweb plugin.
struct Orthanc: Sendable {
    static let program = "/usr/sbin/Orthanc"
    static let plugin = "/usr/share/orthanc/plugins/libOrthancDicomWeb.so"
    static let isInstalled =
        FileManager.default.isExecutableFile(atPath: program)
        && FileManager.default.fileExists(atPath: plugin) && DCMTK.isInstalled
    static let absent = "skipped: Orthanc is not installed (Debian: orthanc orthanc-dicomweb dcmtk)"

    let httpPort: Int
    let dicomPort: Int
    let isEncrypted: Bool

    /// Its DICOMweb address.
    var address: String {
        "\(isEncrypted ? "https" : "http")://localhost:\(httpPort)/dicom-web"
    }

    /// Runs `body` beside an Orthanc that has some files; it is ended by its process id.
    static func run(
        certificate: URL? = nil,
        clients: URL? = nil,
        isWithPlugin: Bool = true,
        files: [URL],
        _ body: @escaping @Sendable (Orthanc) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "orthanc-\(UUID().uuidString)", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let orthanc = Orthanc(
            httpPort: try await freePort(),
            dicomPort: try await freePort(),
            isEncrypted: certificate != nil
        )
        let configuration = folder.appending(path: "orthanc.json")
        var settings = orthanc.settings(folder, certificate)
        if let clients {
            settings["SslVerifyPeers"] = true
            settings["SslTrustedClientCertificates"] = clients.path
        }
        if !isWithPlugin { settings["Plugins"] = [String]() }
        try JSONSerialization.data(withJSONObject: settings).write(to: configuration)
        var options = PlatformOptions()
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(20))]
        let platform = options
        try await within(.seconds(240), "Orthanc's test") {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    _ = try await Subprocess.run(
                        .path(FilePath(program)),
                        arguments: [configuration.path],
                        platformOptions: platform,
                        input: .none,
                        output: .discarded,
                        error: .discarded
                    )
                }
                group.addTask {
                    try await orthanc.waitUntilReady()
                    try await orthanc.store(files)
                    try await body(orthanc)
                }
                // Whoever is over first, the other is ended.
                try await group.next()
                group.cancelAll()
            }
        }
    }

    private func settings(_ folder: URL, _ certificate: URL?) -> [String: Any] {
        var settings: [String: Any] = [
            "Name": "test", "StorageDirectory": folder.path, "IndexDirectory": folder.path,
            "Plugins": [Self.plugin], "HttpPort": httpPort, "DicomPort": dicomPort,
            "DicomAet": "ORTHANC", "RemoteAccessAllowed": false, "AuthenticationEnabled": true,
            "RegisteredUsers": ["reader": "secret"], "DicomAlwaysAllowStore": true,
            "DicomWeb": ["Enable": true, "Root": "/dicom-web/", "EnableWado": false],
        ]
        if let certificate {
            settings["SslEnabled"] = true
            settings["SslCertificate"] = certificate.path
        }
        return settings
    }

    /// Sends files to it, as a scanner does.
    func store(_ files: [URL]) async throws {
        guard !files.isEmpty else { return }
        let sent = try await DCMTK.run(
            "storescu",
            called: "ORTHANC",
            port: dicomPort,
            files: files
        )
        guard sent.isSuccess else {
            throw Overdue(description: "Orthanc took nothing: \(sent.text)")
        }
    }

    private func waitUntilReady() async throws {
        for attempt in 0..<200 {
            let echo = try await DCMTK.run("echoscu", called: "ORTHANC", port: dicomPort)
            if echo.isSuccess { return }
            // The port refuses at once, so a pause is needed; Orthanc tells nobody when it is ready.
            try await Task.sleep(for: .milliseconds(20 * min(attempt + 1, 10)))
        }
        throw Overdue(description: "Orthanc did not start")
    }

    private static func freePort() async throws -> Int {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .bind(host: "127.0.0.1", port: 0).get()
        let port = channel.localAddress?.port ?? 0
        try await channel.close()
        return port
    }
}

extension Orthanc {
    /// Removes a study, as an administrator does in its REST interface.
    func delete(study uid: String) async throws {
        let script = """
            set -e
            id=$(curl -sf -u reader:secret -d '\(uid)' "$1/tools/lookup" \
                | grep -o '"ID" : "[^"]*"' | head -1 | cut -d'"' -f4)
            curl -sf -u reader:secret -X DELETE "$1/studies/$id"
            """
        let done = try await Subprocess.run(
            .path("/bin/bash"),
            arguments: ["-c", script, "delete", "http://localhost:\(httpPort)"],
            output: .discarded,
            error: .discarded
        )
        guard done.terminationStatus.isSuccess else {
            throw Overdue(description: "the study could not be removed")
        }
    }
}
