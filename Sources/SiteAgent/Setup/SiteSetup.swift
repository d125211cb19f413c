package import Deidentification
import Foundation
import Identity
import SiteStore

/// Makes a site: keys, database and its own copy of the profile (`fedagent init`).
package enum SiteSetup {
    /// Makes the folder's contents; nothing is overwritten.
    ///
    /// - Throws: ``AgentError`` if the profile cannot be read or the folder is a site's already.
    package static func create(in folder: SiteFolder, profile: SiteProfile) async throws {
        guard !FileManager.default.fileExists(atPath: folder.profile.path) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.root.path) is already a site's folder",
                hint: "choose another --directory, or remove it if nothing in it is needed"
            )
        }
        let manager = FileManager.default
        for part in [folder.root, folder.deidentified, folder.models, folder.outbox] {
            try manager.createDirectory(
                at: part,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
        var generator = SystemRandomNumberGenerator()
        let key = DeidentificationKey.generate(using: &generator)
        try OwnerOnlyFile.write(Data(key), to: folder.deidentificationKey)
        _ = try PrivateKeyFile.create(at: folder.siteKey)
        try profile.write(to: folder)
        try await SiteStore(at: folder.database).recordFounding(
            profileSHA256: try SiteProfile.digest(in: folder),
            keys: ["deidentification", "site"]
        )
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
