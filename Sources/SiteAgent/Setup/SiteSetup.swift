package import Crypto
package import Deidentification
package import Foundation
import Identity
import SiteStore

/// Makes a site: keys, database and its own copy of the profile (`fedagent init`).
package enum SiteSetup {
    /// Makes the folder's contents; nothing is overwritten.
    ///
    /// `policy` is a `policy.yaml` to take over; nil writes the default one.
    /// `deidentificationKey` is a file of 32 bytes to take over; nil makes a new random key. The same
    /// key gives the same pseudonyms, UIDs and dates, and with them the same split.
    ///
    /// - Throws: ``AgentError`` if the key cannot be read or the folder is a site's already.
    package static func create(
        in folder: SiteFolder,
        profile: SiteProfile,
        policy: URL? = nil,
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
        if let policy {
            _ = try SitePolicy.read(from: policy)
            try OwnerOnlyFile.write(try Data(contentsOf: policy), to: folder.policy)
        } else {
            try SitePolicy.writeDefault(for: profile, to: folder)
        }
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

    /// Refuses a folder one of whose keys other users can read.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` naming the file.
    package static func checkKeys(of folder: SiteFolder) throws {
        let keys = [
            folder.deidentificationKey, folder.siteKey, folder.auditKey, folder.identity,
            folder.nextKey,
        ]
        for key in keys where FileManager.default.fileExists(atPath: key.path) {
            do throws(IdentityError) {
                _ = try OwnerOnlyFile.read(from: key)
            } catch {
                throw AgentError(.badConfiguration, error.message)
            }
        }
    }

    /// Reads the site's de-identification key.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it is missing, damaged or readable by others.
    package static func deidentificationKey(of folder: SiteFolder) throws -> DeidentificationKey {
        guard FileManager.default.fileExists(atPath: folder.deidentificationKey.path) else {
            throw AgentError(
                .badConfiguration,
                "\(folder.deidentificationKey.path) is not there",
                hint: "run `fedagent init` first; a lost key cannot be made again, and exams"
                    + " de-identified with another one get other pseudonyms"
            )
        }
        return try RunKeys.secret(at: folder.deidentificationKey)
    }

    /// Reads the key of the site's certificate, which also signs manifests.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it is missing, damaged or readable by others.
    package static func siteKey(of folder: SiteFolder) throws -> P256.Signing.PrivateKey {
        do throws(IdentityError) {
            _ = try PrivateKeyFile.read(from: folder.siteKey)
        } catch {
            throw AgentError(.badConfiguration, "\(error)")
        }
        do {
            return try P256.Signing.PrivateKey(
                pemRepresentation: String(contentsOf: folder.siteKey, encoding: .utf8)
            )
        } catch {
            throw AgentError(.badConfiguration, "\(folder.siteKey.path) holds no P-256 key")
        }
    }
}
