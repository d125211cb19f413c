import ArgumentParser
import Foundation
import Identity
import SiteAgent

/// `fedagent egress`.
struct EgressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "egress",
        abstract: "What has left this site.",
        discussion: """
            Every message is recorded before its first byte is sent; one that cannot be recorded, or \
            is not on the list of what may leave, is not sent.

              fedagent egress list --kind report-metrics
              fedagent egress show 41
              fedagent egress export ledger.csv --format csv
            """,
        subcommands: [List.self, Show.self, Export.self],
        defaultSubcommand: List.self
    )

    /// Which messages.
    struct Choice: ParsableArguments {
        @Option(help: "Only messages of this kind, as `contribute`.") var kind: String?
        @Option(help: "Only messages under the plan whose SHA-256 begins like this.")
        var plan: String?
        @Option(help: "Only the last so many.") var last: Int?

        func validate() throws {
            if let last, last < 1 { throw ValidationError("--last takes a number from 1 on") }
        }

        func lines(_ options: SiteOptions) async throws -> [EgressLine] {
            let all = try await EgressLine.all(in: options.store())
            let chosen = all.filter { line in
                (kind.map { $0 == line.kind } ?? true)
                    && (plan.map { line.plan?.hasPrefix($0) ?? false } ?? true)
            }
            if chosen.isEmpty {
                Terminal.say(all.isEmpty ? "nothing has left this site" : "no such message")
            }
            return Array(chosen.suffix(last ?? chosen.count))
        }
    }

    /// `fedagent egress list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every message: when, kind, bytes, SHA-256, to whom, under which plan;"
                + " then the totals by kind."
        )

        @OptionGroup var options: SiteOptions
        @OptionGroup var choice: Choice
        @Flag(help: "Only the totals by kind.") var totals = false

        func run() async throws {
            try await reporting {
                let lines = try await choice.lines(options)
                if !totals {
                    for line in lines { try options.show(line, as: EgressText.line(line)) }
                }
                guard totals || !options.json, !lines.isEmpty else { return }
                for total in EgressTotal.byKind(lines) {
                    try options.show(total, as: EgressText.total(total))
                }
                let bytes = lines.reduce(0) { $0 + $1.bytes }
                Terminal.say("\(lines.count) messages, \(SiteStatus.bytes(bytes))")
            }
        }
    }

    /// `fedagent egress show`.
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "One message: everything that is known of it."
        )

        @OptionGroup var options: SiteOptions
        @Argument(help: "Its number in the list.") var number: Int64

        func run() async throws {
            try await reporting {
                let lines = try await EgressLine.all(in: options.store())
                guard let line = lines.first(where: { $0.number == number }) else {
                    throw AgentError(
                        .badInput,
                        "no message has the number \(number)",
                        hint: "`fedagent egress list` shows the numbers"
                    )
                }
                try options.show(line, as: EgressText.page(line))
            }
        }
    }

    /// `fedagent egress export`.
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "The ledger as a file: a table, JSON lines or CSV (RFC 4180)."
        )

        @OptionGroup var options: SiteOptions
        @OptionGroup var choice: Choice
        @Argument(help: "The file to write.", completion: .file()) var file: String
        @Option(help: "csv, json or table.") var format = EgressText.Format.csv

        func run() async throws {
            try await reporting {
                let lines = try await choice.lines(options)
                try OwnerOnlyFile.write(
                    try EgressText.file(lines, as: format),
                    to: URL(filePath: file)
                )
                Terminal.say("\(lines.count) messages in \(file)")
            }
        }
    }
}
