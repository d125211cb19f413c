import ArgumentParser
import Foundation
import SiteAgent

/// `fedagent init`.
struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Make a site's folder: keys, database, profile."
    )

    @OptionGroup var options: SiteOptions
    @Option(help: "The site's description (site.yaml).", completion: .file())
    var profile: String
    @Option(
        help: "What may leave (policy.yaml); left out: a default that is explained in the file.",
        completion: .file()
    )
    var policy: String?
    @Option(help: "The folder that relative paths in the profile begin at.")
    var data: String?
    @Option(
        help: "A file of 32 bytes to use as de-identification key, such as an earlier folder's.",
        completion: .file()
    )
    var deidentificationKey: String?

    func run() async throws {
        try await reporting {
            let url = URL(filePath: profile)
            let folder = options.folder
            let base = data.map { URL(filePath: $0) }
            var site = try SiteProfile.read(from: url)
            site =
                site.source.kind == .simulated
                ? site.resolved(against: folder.simulatedHospital)
                : site.resolved(against: base ?? url.deletingLastPathComponent())
            try await SiteSetup.create(
                in: folder,
                profile: site,
                policy: policy.map { URL(filePath: $0) },
                deidentificationKey: deidentificationKey.map { URL(filePath: $0) }
            )
            Terminal.say("made \(folder.root.path) for \(site.name)")
            Terminal.say("read \(folder.policy.path) before you enrol: it says what may leave")
            Terminal.say(
                "keep \(folder.deidentificationKey.path) safe: without it pseudonyms change"
            )
        }
    }
}
