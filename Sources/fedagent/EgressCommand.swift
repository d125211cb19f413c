import ArgumentParser
import SiteAgent
import SiteStore

/// `fedagent egress`.
struct EgressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "egress",
        abstract: "What has left this site.",
        discussion: """
            Every message is recorded before its first byte is sent; one that cannot be recorded is
            not sent.

              fedagent egress list --kind report-metrics
            """,
        subcommands: [List.self],
        defaultSubcommand: List.self
    )

    /// `fedagent egress list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every message: when, kind, bytes, SHA-256, to whom, under which plan."
        )

        @OptionGroup var options: SiteOptions
        @Option(help: "Only messages of this kind, as `contribute`.")
        var kind: String?
        @Option(help: "Only messages under the plan whose SHA-256 begins like this.")
        var plan: String?
        @Option(help: "Only the last so many.")
        var last: Int?

        func validate() throws {
            if let last, last < 1 { throw ValidationError("--last takes a number from 1 on") }
        }

        func run() async throws {
            try await reporting {
                let all = try await options.store().egress()
                let chosen = all.filter { record in
                    (kind.map { $0 == record.kind } ?? true)
                        && (plan.map { record.plan?.hasPrefix($0) ?? false } ?? true)
                }
                guard !chosen.isEmpty else {
                    Terminal.say(all.isEmpty ? "nothing has left this site" : "no such message")
                    return
                }
                for record in chosen.suffix(last ?? chosen.count) {
                    try options.show(record, as: Self.line(record))
                }
                if !options.json { Terminal.say(Self.total(chosen)) }
            }
        }

        private static func line(_ record: EgressRecord) -> String {
            [
                record.number.map(String.init) ?? "", Terminal.time(record.milliseconds),
                record.kind, "\(record.bytes)", record.sha256, record.recipient,
                record.plan ?? "-",
            ].joined(separator: "\t")
        }

        private static func total(_ records: [EgressRecord]) -> String {
            let bytes = records.reduce(0) { $0 + $1.bytes }
            let kinds = Dictionary(grouping: records, by: \.kind).sorted { $0.key < $1.key }
                .map { "\($0.value.count) \($0.key)" }
            return "\(records.count) messages, \(SiteStatus.bytes(bytes)): "
                + kinds.joined(separator: ", ")
        }
    }
}
