import ArgumentParser
import SiteAgent
import SiteStore

/// `fedagent cohort`.
struct CohortCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cohort",
        abstract: "The de-identified exams this site trains on.",
        subcommands: [Build.self, Show.self]
    )

    /// `fedagent cohort build`.
    struct Build: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "De-identify the source, join labels and masks, and replace the catalogue."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let store = try options.store()
                let printer = EventPrinter(json: options.json)
                try await CohortBuilder(
                    folder: options.folder,
                    profile: try SiteProfile.read(from: options.folder.profile),
                    softwareVersion: Version.text,
                    report: { printer($0) }
                ).build(into: store)
                try await Show.show(store, json: options.json)
            }
        }
    }

    /// `fedagent cohort show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Count exams, slices, quarantined files and unmatched labels."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting { try await Self.show(try options.store(), json: options.json) }
        }

        static func show(_ store: SiteStore, json: Bool) async throws {
            let summary = try await CohortSummary(of: store)
            if json {
                try Terminal.printJSON(summary)
            } else {
                print(summary.text)
            }
        }
    }
}
