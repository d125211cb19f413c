import ArgumentParser
import Deidentification
import Foundation
import SiteAgent
import SiteStore

extension DeidentifyCommand {
    /// `fedagent deidentify report`.
    struct Report: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Tell people what was done and held back, and why; check every manifest.",
            discussion: """
                PLACE is the output of `fedagent deidentify run`, or a site's folder. The report is
                written to stdout as text, and with --html also as a page that needs nothing else
                and prints well. It holds no value of a header but technical ones; what stands in
                the sample of headers is masked.

                  fedagent deidentify report /srv/fedagent --html report.html
                  fedagent deidentify report OUTPUT --source INPUT --html report.html

                Exit status: 0 every study matches its signed manifest, 1 one does not, 65 PLACE is
                neither, 78 keys cannot be used.
                """
        )

        @Argument(help: "The output of a run, or a site's folder.", completion: .directory)
        var place: String
        @Option(help: "Also write the report as a page of HTML.", completion: .file())
        var html: String?
        @Option(
            help: "The originals of a run, to show headers before and after; a site knows its own.",
            completion: .directory
        )
        var source: String?
        @Flag(help: "Write the report to stdout as one JSON object.") var json = false
        @Option(help: "How many headers are drawn.") var samples = 3
        @Option(help: "Which headers are drawn.") var seed: UInt64 = 1
        @OptionGroup var keys: DeidentifyKeyOptions

        func validate() throws {
            if samples < 0 { throw ValidationError("--samples is at least 0") }
        }

        func run() async throws {
            try await reporting {
                let report = try await report()
                if json {
                    try Terminal.printJSON(report.document)
                } else {
                    Terminal.show(String(report.text.dropLast()))
                }
                if let html { try Self.write(report.html, to: html) }
                if !report.damaged.isEmpty { throw ExitCode.failure }
            }
        }

        private func report() async throws -> DeidentificationReport {
            let url = URL(filePath: place, directoryHint: .isDirectory)
            let date = Terminal.time(Int64(Date().timeIntervalSince1970 * 1000))
            let site = SiteFolder(url)
            if FileManager.default.fileExists(atPath: site.profile.path) {
                return try await SiteReportReader(
                    folder: site,
                    store: try SiteStore(at: site.database)
                ).report(samples: samples, seed: seed, date: date)
            }
            let reader = RunReportReader(output: url)
            return try reader.report(
                date: date,
                samples: source.map {
                    try reader.samples(
                        of: URL(filePath: $0),
                        count: samples,
                        seed: seed,
                        key: keys.load(awayFrom: place)
                    )
                } ?? []
            )
        }

        private static func write(_ page: String, to path: String) throws {
            do {
                try Data(page.utf8).write(to: URL(filePath: path), options: .atomic)
            } catch {
                throw AgentError(
                    .badConfiguration,
                    "the page \(path) cannot be written",
                    hint: "check that its folder exists and belongs to this user"
                )
            }
            Terminal.say("wrote \(path)")
        }
    }
}
