import ArgumentParser
import CanonicalJSON
import Foundation
import SiteAgent
import SiteStore

extension CohortCommand {
    /// `fedagent cohort diff`.
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Compare two frozen versions in counts.",
            discussion: """
                Exit status: 0 compared, 65 there is no such version.
                """
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The earlier version.") var from: Int
        @Argument(help: "The later version.") var to: Int
        @Flag(help: "Also list the studies that were added, removed or changed.")
        var exams = false

        func run() async throws {
            try await reporting {
                let register = CohortRegister(store: try options.store(), folder: options.folder)
                let difference = try await register.difference(from: from, to: to)
                let lists = [
                    ("added", difference.added), ("removed", difference.removed),
                    ("changed", difference.changed),
                ]
                let studies = lists.flatMap { name, studies in studies.map { "  \(name)\t\($0)" } }
                let lines = [difference.text] + (exams ? studies : [])
                try options.show(difference, as: lines.joined(separator: "\n"))
            }
        }
    }

    /// `fedagent cohort prove`.
    struct Prove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Write what shows an auditor that one exam is in a frozen version.",
            discussion: """
                The proof holds the exam's labels and the digests of its files under their new
                identifiers, and hashes only of all other exams. `fedagent cohort check` verifies it
                anywhere, with the fingerprint alone.

                Exit status: 0 written to stdout, 65 the study or the version does not exist.
                """
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "The new Study Instance UID.") var study: String
        @Option(help: "The version; the latest if left out.") var version: Int?

        func run() async throws {
            try await reporting {
                let store = try options.store()
                let latest = try await store.latestCohort()?.version
                let register = CohortRegister(store: store, folder: options.folder)
                try Terminal.printJSON(
                    try await register.proof(of: study, in: version ?? latest ?? 1)
                )
            }
        }
    }

    /// `fedagent cohort check`.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verify a proof of `cohort prove` against a cohort's fingerprint.",
            discussion: """
                Needs no site. Take the fingerprint from where it was recorded at the time: the
                site's audit log, or `cohort show --versions` as it was printed then.

                Exit status: 0 the exam is in the cohort, 1 it is not, 65 the file is no proof.
                """
        )

        @Argument(help: "The file that `cohort prove` wrote.", completion: .file()) var file: String
        @Option(help: "The cohort's fingerprint, 64 hexadecimal digits.") var fingerprint: String

        func validate() throws {
            guard fingerprint.count == 64, fingerprint.allSatisfy(\.isHexDigit) else {
                throw ValidationError("--fingerprint takes 64 hexadecimal digits")
            }
        }

        func run() async throws {
            try await reporting {
                let proof = try Self.read(file)
                guard proof.holds(under: fingerprint.lowercased()) else {
                    throw AgentError(
                        .failed,
                        "study \(proof.study) is NOT shown to be in the cohort of this fingerprint",
                        hint: "compare the fingerprint with that of version \(proof.cohort)"
                    )
                }
                print("study \(proof.study) is one of the \(proof.exams) exams of the cohort")
            }
        }

        private static func read(_ file: String) throws -> CohortProof {
            guard let data = try? Data(contentsOf: URL(filePath: file)),
                let proof = try? CanonicalDecoder().decode(CohortProof.self, from: [UInt8](data))
            else {
                throw AgentError(
                    .badInput,
                    "\(file) is no proof of `fedagent cohort prove`",
                    hint: "check the path"
                )
            }
            return proof
        }
    }
}
