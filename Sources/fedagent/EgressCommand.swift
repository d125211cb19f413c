import SiteStore
import ArgumentParser
import Foundation
import SiteAgent

/// `fedagent egress`.
struct EgressCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "egress",
        abstract: "What has left this site.",
        subcommands: [List.self]
    )

    /// `fedagent egress list`.
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Every message: when, kind, bytes, SHA-256, to whom, under which plan."
        )

        @OptionGroup var options: SiteOptions

        func run() async throws {
            try await reporting {
                let records = try await options.store().egress()
                for record in records {
                    if options.json {
                        try Terminal.printJSON(record)
                    } else {
                        let time = Date(
                            timeIntervalSince1970: Double(record.milliseconds) / 1000
                        )
                        print(
                            time.formatted(.iso8601),
                            record.kind,
                            record.bytes,
                            record.sha256,
                            record.recipient,
                            record.plan ?? "-",
                            separator: "\t"
                        )
                    }
                }
            }
        }
    }
}
