import ArgumentParser
import AuditLog
import CoordinatorServer
import CoordinatorStore
import Foundation

/// `fedcoordinator audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "What was done, shown to be unaltered.",
        subcommands: [Export.self, Key.self, Verify.self]
    )

    /// `fedcoordinator audit export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Sign the log as it is now and write it to one file for an auditor."
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The file to write.") var file: String

        func run() async throws {
            try await reporting {
                let store = try options.operation().store
                _ = try await store.checkpointAudit(
                    signedBy: try AuditKey.signer(of: options.folder)
                )
                let count = try await store.exportAudit(to: URL(filePath: file))
                say("\(count) records in \(file)")
            }
        }
    }

    /// `fedcoordinator audit key`.
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public key of the log: a line for the auditor's keys.txt."
        )

        @OptionGroup var options: CoordinatorOptions

        func run() async throws {
            try await reporting { print(try AuditKey.signer(of: options.folder).key) }
        }
    }

    /// `fedcoordinator audit verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check a bundle offline and say on one page what it shows.",
            discussion: """
                keys.txt holds a key a line, of the log and of its witnesses; get it another way than \
                the bundle.

                Exit status: 0 good, 1 tampered, 2 incomplete, 3 unusable input.
                """
        )

        @Argument(help: "The bundle, from audit export.") var bundle: String
        @Option(help: "The trusted keys.") var trust: String
        @Option(help: "A checkpoint of this log that you kept; may be given more than once.")
        var seen: [String] = []
        @Option(help: "How many witnesses must have cosigned the newest checkpoint.")
        var witnesses = 0

        func run() async throws {
            let verifier: BundleVerifier
            do {
                verifier = BundleVerifier(
                    trust: try TrustedKeys(
                        parsing: try String(contentsOf: URL(filePath: trust), encoding: .utf8)
                    ),
                    seen: try seen.map {
                        try SignedNote(parsing: [UInt8](try Data(contentsOf: URL(filePath: $0))))
                    },
                    witnessesMin: witnesses
                )
            } catch {
                let reason = words(of: error)
                say("fedcoordinator: error: keys or checkpoints cannot be read: \(reason)")
                throw ExitCode(BundleVerdict.Outcome.unusable.rawValue)
            }
            let verdict = verifier.verify(URL(filePath: bundle))
            print(verdict.text, terminator: "")
            guard verdict.outcome == .good else { throw ExitCode(verdict.outcome.rawValue) }
        }
    }
}
