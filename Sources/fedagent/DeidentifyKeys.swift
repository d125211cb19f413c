import ArgumentParser
import Crypto
import Deidentification
import Foundation
import Identity
import SiteAgent

/// The secrets of a run: the one behind pseudonyms, and the one that signs manifests.
struct DeidentifyKeys {
    let secret: DeidentificationKey
    let signing: P256.Signing.PrivateKey
}

/// Where the secrets are.
struct DeidentifyKeyOptions: ParsableArguments {
    @Option(help: "A site's folder, whose keys are used.", completion: .directory)
    var directory: String?

    @Option(
        help: "The folder of the keys, made if missing; default: ~/.config/fedagent/keys.",
        completion: .directory
    )
    var keys: String?

    /// The keys, made if there are none and no site is named.
    ///
    /// - Throws: ``AgentError`` `bad-configuration`, also if they would lie in the output.
    func load(awayFrom output: String) throws -> DeidentifyKeys {
        let places = places
        let outputPath = URL(filePath: output, directoryHint: .isDirectory).standardizedFileURL.path
        for place in [places.secret, places.signing]
        where place.standardizedFileURL.path.hasPrefix(outputPath + "/") {
            throw AgentError(
                .badConfiguration,
                "the keys would lie in the output, which may leave the site",
                hint: "name another folder with --keys"
            )
        }
        if directory == nil { try makeMissing(places) }
        guard
            let signing = try? P256.Signing.PrivateKey(
                pemRepresentation: String(contentsOf: places.signing, encoding: .utf8)
            )
        else {
            throw AgentError(.badConfiguration, "\(places.signing.path) holds no P-256 key")
        }
        return DeidentifyKeys(secret: try secret(at: places.secret), signing: signing)
    }

    /// The site's secret if there is one, else one that lasts as long as the process.
    func loadOrTemporary() throws -> DeidentificationKey {
        let place = places.secret
        if FileManager.default.fileExists(atPath: place.path) { return try secret(at: place) }
        var generator = SystemRandomNumberGenerator()
        return try DeidentificationKey(bytes: DeidentificationKey.generate(using: &generator))
    }

    private var places: (secret: URL, signing: URL) {
        if let directory {
            let folder = SiteFolder(URL(filePath: directory, directoryHint: .isDirectory))
            return (folder.deidentificationKey, folder.siteKey)
        }
        let environment = ProcessInfo.processInfo.environment
        let configuration =
            environment["XDG_CONFIG_HOME"].map { URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".config")
        let folder =
            keys.map { URL(filePath: $0, directoryHint: .isDirectory) }
            ?? configuration.appending(path: "fedagent/keys")
        return (
            folder.appending(path: "deidentification.key"), folder.appending(path: "signing.pem")
        )
    }

    private func makeMissing(_ places: (secret: URL, signing: URL)) throws {
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
            Terminal.say("made \(places.secret.path): keep it safe and secret")
        }
        if !manager.fileExists(atPath: places.signing.path) {
            let key = P256.Signing.PrivateKey()
            try OwnerOnlyFile.write(Data(key.pemRepresentation.utf8), to: places.signing)
        }
    }

    private func secret(at place: URL) throws -> DeidentificationKey {
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
