package import Crypto
package import Deidentification
package import Foundation
import Identity

/// The secrets of a run: the one behind pseudonyms, and the one that signs manifests.
package struct RunKeys: Sendable {
    /// The secret behind pseudonyms, identifiers, dates and cuts.
    package let secret: DeidentificationKey
    /// The key that signs manifests.
    package let signing: P256.Signing.PrivateKey

    /// Where the secrets lie.
    package struct Places: Sendable {
        let secret: URL
        let signing: URL
        /// Whether missing keys are made; a site's are made by `fedagent init`.
        let areMade: Bool

        /// The keys of a site.
        package init(site folder: SiteFolder) {
            secret = folder.deidentificationKey
            signing = folder.siteKey
            areMade = false
        }

        /// Keys for working without a federation.
        package init(folder: URL) {
            secret = folder.appending(path: "deidentification.key")
            signing = folder.appending(path: "signing.pem")
            areMade = true
        }
    }

    /// Reads the keys, made first if they are missing and no site is named.
    ///
    /// - Parameters:
    ///   - places: Where they lie.
    ///   - output: Where they must not lie.
    ///   - announce: Told where a secret was made.
    /// - Throws: ``AgentError`` `bad-configuration`, also if they would lie in the output.
    package init(
        _ places: Places,
        awayFrom output: String,
        announce: (String) -> Void
    ) throws {
        let outputPath = URL(filePath: output, directoryHint: .isDirectory).standardizedFileURL.path
        for place in [places.secret, places.signing]
        where place.standardizedFileURL.path.hasPrefix(outputPath + "/") {
            throw AgentError(
                .badConfiguration,
                "the keys would lie in the output, which may leave the site",
                hint: "name another folder with --keys"
            )
        }
        if places.areMade { try Self.makeMissing(places, announce) }
        guard
            let signing = try? P256.Signing.PrivateKey(
                pemRepresentation: String(contentsOf: places.signing, encoding: .utf8)
            )
        else {
            throw AgentError(.badConfiguration, "\(places.signing.path) holds no P-256 key")
        }
        self.signing = signing
        secret = try Self.secret(at: places.secret)
    }

    /// The secret if there is one, else one that lasts as long as the process.
    package static func secretOrTemporary(_ places: Places) throws -> DeidentificationKey {
        if FileManager.default.fileExists(atPath: places.secret.path) {
            return try secret(at: places.secret)
        }
        var generator = SystemRandomNumberGenerator()
        return try DeidentificationKey(bytes: DeidentificationKey.generate(using: &generator))
    }

    private static func makeMissing(_ places: Places, _ announce: (String) -> Void) throws {
        let manager = FileManager.default
        try manager.createDirectory(
            at: places.secret.deletingLastPathComponent(),
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        if !manager.fileExists(atPath: places.secret.path) {
            var generator = SystemRandomNumberGenerator()
            let bytes = DeidentificationKey.generate(using: &generator)
            try OwnerOnlyFile.write(Data(bytes), to: places.secret)
            announce("made \(places.secret.path): keep it safe and secret")
        }
        if !manager.fileExists(atPath: places.signing.path) {
            let key = P256.Signing.PrivateKey()
            try OwnerOnlyFile.write(Data(key.pemRepresentation.utf8), to: places.signing)
        }
    }

    /// Reads a secret.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it is missing, damaged, or readable by others.
    static func secret(at place: URL) throws -> DeidentificationKey {
        let attributes = try? FileManager.default.attributesOfItem(atPath: place.path)
        guard let data = try? Data(contentsOf: place),
            let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue
        else {
            throw AgentError(.badConfiguration, "the key \(place.path) cannot be read")
        }
        guard mode & 0o077 == 0 else {
            throw AgentError(
                .badConfiguration,
                "\(place.path) can be read by other users",
                hint: "run `chmod 600` on it, and make a new key if anybody else has an account"
            )
        }
        do { return try DeidentificationKey(bytes: [UInt8](data)) } catch {
            throw AgentError(.badConfiguration, "\(place.path): \(error)")
        }
    }
}
