package import ArgumentParser
import AuditLog
import AuditedDatabase

/// `audit list`: the same in both programs.
package struct AuditListCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "list",
            abstract: "Every record: number, time, act, who, what, how many.",
            discussion: "  \(Folder.program) audit list --act round --last 20"
        )
    }

    @OptionGroup var folder: Folder
    @Option(help: "Only acts that begin with this, as egress or plan.approve.")
    var act: String?
    @Option(help: "Only the last so many.") var last: Int?

    /// Made by the parser.
    package init() {}

    /// Refuses options that do not go together.
    package func validate() throws {
        if let last, last < 1 { throw ValidationError("--last takes a number from 1 on") }
    }

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let records = try await folder.auditedStore().auditRecords().filter { record in
                act.map { record.entry.act.rawValue.hasPrefix($0) } ?? true
            }
            if records.isEmpty, !folder.json { Output.say("no such record") }
            for record in records.suffix(last ?? records.count) {
                if folder.json {
                    Output.data(record.leaf + [UInt8(ascii: "\n")])
                } else {
                    Output.line(AuditLine(record).text)
                }
            }
        }
    }
}
