import ArgumentParser
import Foundation
import HeadCT
import SiteAgent

/// `fedagent source`.
struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Where the images come from.",
        subcommands: [Simulate.self]
    )

    /// `fedagent source simulate`.
    struct Simulate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write the simulated hospital of the profile: phantoms, labels, masks."
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "The seed; the same seed writes the same bytes.")
        var seed: UInt64 = 1

        func run() async throws {
            try await reporting {
                let profile = try SiteProfile.read(from: options.folder.profile)
                guard let hospital = profile.source.simulation else {
                    throw AgentError(
                        .badConfiguration,
                        "\(profile.id) is not a simulated hospital",
                        hint: "its source.kind is \(profile.source.kind.rawValue)"
                    )
                }
                let printer = EventPrinter(json: options.json)
                _ = try hospital.write(
                    to: options.folder.simulatedHospital,
                    siteID: profile.id,
                    seed: seed
                ) { done, total in printer(.simulating(done: done, total: total)) }
            }
        }
    }
}
