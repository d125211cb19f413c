import ArgumentParser
import Foundation
import HeadCT
import SiteAgent

/// `fedagent source`.
struct SourceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "source",
        abstract: "Where the images come from.",
        discussion: """
            Images come from a folder, from a PACS that is asked (DICOMweb), and from scanners and a
            PACS that send (C-STORE). What comes over the network lies in the site's inbox until the
            intake has read it.

              fedagent source add dicomweb --url https://pacs.hospital.example/dicom-web \\
                  --description '*HEAD*' --since 2025-01-01 --credentials pacs.credentials
              fedagent source pull --dry-run
              fedagent source pull
              fedagent source add receiver --title FEDAGENT --port 11112 --peer CT1@10.1.2.3
              fedagent source receive
              fedagent source list
            """,
        subcommands: [
            Add.self, List.self, Remove.self, Pull.self, Receive.self, Simulate.self,
        ]
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
