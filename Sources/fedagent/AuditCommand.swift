import ArgumentParser
import AuditLog
import Foundation
import SiteAgent
import SiteStore

/// `fedagent audit`.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "The record of everything this site did.",
        discussion: """
            Each record is linked to the one before by its hash and stored together with the
            change it describes; the database refuses to change or delete one.

              fedagent audit list --act egress.send --last 20
              fedagent audit verify --known 1041:5f2c...
            """,
        subcommands: [List.self, Verify.self]
    )

    /// `fedagent audit list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every record: number, time, act, who, what, how many."
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "Only acts that begin with this, as egress or plan.approve.")
        var act: String?
        @Option(help: "Only the last so many.")
        var last: Int?

        func validate() throws {
            if let last, last < 1 { throw ValidationError("--last takes a number from 1 on") }
        }

        func run() async throws {
            try await reporting {
                let leaves = try await options.store().auditLeaves()
                let records = try leaves.map { try AuditRecord(leaf: $0.leaf) }
                    .filter { act.map($0.entry.act.rawValue.hasPrefix) ?? true }
                if records.isEmpty, !options.json { Terminal.say("no such record") }
                for record in records.suffix(last ?? records.count) {
                    if options.json {
                        print(String(decoding: record.leaf, as: UTF8.self))
                    } else {
                        print(AuditLine(record).text)
                    }
                }
            }
        }
    }

    /// `fedagent audit verify`.
    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check the whole log and name the first record that is wrong.",
            discussion: """
                Keep the line `head SIZE:HASH` that this prints, away from this machine: with
                --known it proves later that nothing up to there was rewritten or removed.

                Exit status: 0 intact, 1 tampered with, 2 its end is missing, 3 cannot be read.
                """
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "The head that an earlier verification printed.")
        var known: String?

        func run() async throws {
            let head = try known.map(AuditVerdictReport.parse)
            try await reporting {
                do {
                    let store = try options.store()
                    let verdict = try await store.verifyAudit(known: head)
                    let leaves = try await store.auditLeaves()
                    let report = try AuditVerdictReport(verdict, leaves, known: head)
                    if options.json { try Terminal.printJSON(report) } else { print(report.text) }
                } catch let fault as AuditFault {
                    Terminal.fail(
                        "the audit log is not intact: \(fault)",
                        hint: "keep a copy of \(options.folder.database.path) as it is, and"
                            + " compare it with the last backup"
                    )
                    throw ExitCode(fault.kind == .missingTail ? 2 : 1)
                } catch let error as SiteStoreError {
                    Terminal.fail(error.message, hint: nil)
                    throw ExitCode(3)
                }
            }
        }
    }
}
