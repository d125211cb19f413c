import ArgumentParser
import Deidentification
import Foundation
import SiteAgent

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
    func load(awayFrom output: String) throws -> RunKeys {
        try RunKeys(places, awayFrom: output, announce: Terminal.say)
    }

    /// The site's secret if there is one, else one that lasts as long as the process.
    func loadOrTemporary() throws -> DeidentificationKey {
        try RunKeys.secretOrTemporary(places)
    }

    private var places: RunKeys.Places {
        if let directory {
            let folder = SiteFolder(URL(filePath: directory, directoryHint: .isDirectory))
            return RunKeys.Places(site: folder)
        }
        let environment = ProcessInfo.processInfo.environment
        let configuration =
            environment["XDG_CONFIG_HOME"].map { URL(filePath: $0) }
            ?? FileManager.default.homeDirectoryForCurrentUser.appending(path: ".config")
        return RunKeys.Places(
            folder: keys.map { URL(filePath: $0, directoryHint: .isDirectory) }
                ?? configuration.appending(path: "fedagent/keys")
        )
    }
}
