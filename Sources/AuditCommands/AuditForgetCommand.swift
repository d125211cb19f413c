package import ArgumentParser
import AuditedDatabase

/// `audit forget`: the same in both programs.
package struct AuditForgetCommand<Folder: AuditedFolder>: AsyncParsableCommand {
    /// Its name, help and example.
    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "forget",
            abstract: "Take a party's present history as the first, after you know why it changed.",
            discussion: """
                For a database that was restored from a backup, or a new key. What was seen before \
                is in the record of this act; it no longer protects anybody.
                """
        )
    }

    @OptionGroup var folder: Folder
    @Argument(help: "The party, as `audit witnesses` names it.") var party: String
    @Flag(help: "Do not ask for --yes first.") var yes = false

    /// Made by the parser.
    package init() {}

    /// Does it.
    package func run() async throws {
        try await Folder.reporting {
            guard yes else {
                Output.say(
                    "\(Folder.program): error: this gives up the proof that \(party) did not change "
                        + "its past"
                )
                Output.say("hint: if you know why its history changed, say so with --yes")
                throw ExitCode(77)
            }
            let store = try folder.auditedStore()
            guard try await store.forgetWitnessed(party, by: Folder.actor) else {
                Output.say("\(Folder.program): error: nothing is known of \(party)")
                throw ExitCode.failure
            }
            Output.say("the next checkpoint of \(party) is taken as its first")
        }
    }
}
