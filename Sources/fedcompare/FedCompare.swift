import ArgumentParser
import CanonicalJSON
import Dashboard
import Evaluation
import Foundation

/// The researcher's program.
@main
struct FedCompare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fedcompare",
        abstract: "Compares how a model does at every site.",
        discussion: """
            fedcompare sites /tmp/federation/comparison.json

            With an account at the federation's identity provider, `login` and `fetch` get it from the \
            coordinator.

            Exit status: 0 done, 1 failed, 64 usage, 65 the file is no comparison, 77 refused.
            """,
        version: "0.1.0",
        subcommands: [
            Sites.self, LoginCommand.self, LogoutCommand.self, RunsCommand.self, FetchCommand.self,
        ]
    )

    /// `fedcompare sites`.
    struct Sites: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "A line a site: n, AUROC, sensitivity, specificity, Dice, strata."
        )

        @Argument(help: "The comparison.json of a run.") var file: String
        @Flag(help: "Write the comparison as canonical JSON.") var json = false
        @Option(help: "Also write the page to this file.") var html: String?

        func run() async throws {
            let comparison: Comparison
            do {
                let data = try Data(contentsOf: URL(filePath: file))
                comparison = try CanonicalDecoder().decode(Comparison.self, from: [UInt8](data))
            } catch {
                let reason = (error as? CocoaError)?.localizedDescription ?? "\(error)"
                let words = "fedcompare: error: \(file) is no comparison: \(reason)\n"
                try? FileHandle.standardError.write(contentsOf: Data(words.utf8))
                throw ExitCode(65)
            }
            if let html {
                let page = Data(ComparisonPage.html(comparison).utf8)
                try page.write(to: URL(filePath: html), options: .atomic)
            }
            print(
                json
                    ? String(decoding: try CanonicalEncoder().encode(comparison), as: UTF8.self)
                    : ComparisonTable.render(comparison, width: 100)
            )
        }
    }
}
