package import ArgumentParser
import AuditLog
import AuditedDatabase

/// `audit checkpoint`: the same in both programs.
package struct AuditCheckpointCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "checkpoint",
            abstract: "Sign the log as it is and print the checkpoint, to keep elsewhere.",
            discussion: """
                Kept away from this machine it proves later, with `audit verify --seen FILE`, that \
                nothing up to there was changed or removed.
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
            try await store.signAudit()
            guard let note = try await store.newestCheckpoint() else {
                Output.say("the log is empty")
                throw ExitCode.failure
            }
            Output.data(note.encoded)
        }
    }
}
