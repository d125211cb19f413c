package import Deidentification
package import Foundation
import Identity
import SiteStore

/// Makes a site: keys, database and its own copy of the profile (`fedagent init`).
package enum SiteSetup {
    /// Makes the folder's contents; nothing is overwritten.
    ///
    /// `deidentificationKey` is a file of 32 bytes to take over; nil makes a new random key. The same
    /// key gives the same pseudonyms, UIDs and dates, and with them the same split.
    ///
    /// - Throws: ``AgentError`` if the key cannot be read or the folder is a site's already.
    package static func create(
        in folder: SiteFolder,
        profile: SiteProfile,
        deidentificationKey: URL? = nil
    ) async throws {
        guard !FileManager.default.fileExists(atPath: folder.profile.path) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.root.path) is already a site's folder",
                hint: "choose another --directory, or remove it if nothing in it is needed"
            )
        }
        let key = try key(deidentificationKey)
        let manager = FileManager.default
        for part in [folder.root, folder.deidentified, folder.models, folder.outbox] {
            try manager.createDirectory(
                at: part,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        try OwnerOnlyFile.write(key, to: folder.deidentificationKey)
        _ = try PrivateKeyFile.create(at: folder.siteKey)
        try profile.write(to: folder)
        try await SiteAudit.store(of: folder).recordFounding(
            profileSHA256: try SiteProfile.digest(in: folder),
            keys: ["audit", "deidentification", "site"]
        )
    }

    private static func key(_ file: URL?) throws -> Data {
        guard let file else {
            var generator = SystemRandomNumberGenerator()
            return Data(DeidentificationKey.generate(using: &generator))
        }
        guard let data = try? Data(contentsOf: file),
            (try? DeidentificationKey(bytes: [UInt8](data))) != nil
        else {
            throw AgentError(
                .badConfiguration,
                "\(file.path) is no de-identification key",
                hint: "name a readable file of 32 random bytes"
            )
        }
        return data
    }

    /// Reads the site's de-identification key.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it is missing or damaged.
    package static func deidentificationKey(of folder: SiteFolder) throws -> DeidentificationKey {
        guard let data = try? Data(contentsOf: folder.deidentificationKey) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.deidentificationKey.path) cannot be read",
                hint: "run `fedagent init` first; a lost key cannot be made again, and exams"
                    + " de-identified with another one get other pseudonyms"
            )
        }
        do {
            return try DeidentificationKey(bytes: [UInt8](data))
        } catch {
            throw AgentError(.badConfiguration, "\(folder.deidentificationKey.path): \(error)")
        }
    }
}
