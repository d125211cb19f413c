package import ArgumentParser
import AuditLog
import AuditedDatabase

/// `audit keys`: the same in both programs.
package struct AuditKeysCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "keys",
            abstract: "Print the public keys of this log and of its witnesses.",
            discussion: """
                Lines for an auditor's keys.txt: first the keys of \(Folder.party), then those that \
                others came with, which only they can vouch for.
                """
        )
    }

    @OptionGroup var folder: Folder

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            let store = try folder.auditedStore()
            Output.line("# \(Folder.party)")
            for key in try folder.keys() { Output.line(key.description) }
            for party in try await store.witnessedParties() {
                Output.line("# \(party.party), as first seen by \(Folder.party)")
                for key in [party.logKey, party.witnessKey].compactMap({ $0 }) {
                    Output.line(key.description)
                }
            }
        }
    }
}
