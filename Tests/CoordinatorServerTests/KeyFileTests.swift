import CoordinatorServer
import CoordinatorStore
import Foundation
import Identity
import Logging
import SiteAgent
import Testing

/// A key that others can read is refused before anything is done with it, and its file is named.
@Suite struct KeyFileTests {
    @Test func `a coordinator does not start with a key that others can read`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        _ = try FederationOperator(folder: folder)
        for key in [folder.auditKey, folder.issuingKey, folder.serverIdentity] {
            for mode in [0o640, 0o604, 0o620] {
                try Self.set(mode, of: key)
                do {
                    _ = try await CoordinatorService(
                        folder: folder,
                        softwareVersion: "test",
                        logger: Logger(label: "test")
                    ).services()
                    Issue.record("\(key.lastPathComponent) with mode \(String(mode, radix: 8))")
                } catch {
                    #expect("\(error)".contains(key.lastPathComponent), "\(error)")
                }
            }
            try Self.set(0o600, of: key)
        }
    }

    @Test func `an agent does not start with a key that others can read`() throws {
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: "keys-\(UUID())")
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let keys = [
            folder.deidentificationKey, folder.siteKey, folder.auditKey, folder.identity,
            folder.nextKey,
        ]
        for key in keys { try OwnerOnlyFile.write(Data(count: 32), to: key) }
        try SiteSetup.checkKeys(of: folder)
        for key in keys {
            try Self.set(0o640, of: key)
            let error = #expect(throws: AgentError.self) { try SiteSetup.checkKeys(of: folder) }
            #expect(error?.message.contains(key.lastPathComponent) == true)
            try Self.set(0o600, of: key)
        }
        try Self.set(0o644, of: folder.deidentificationKey)
        #expect(throws: AgentError.self) { try SiteSetup.deidentificationKey(of: folder) }
    }

    private static func set(_ mode: Int, of file: URL) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
    }
}
