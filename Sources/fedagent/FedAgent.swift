import ArgumentParser
import ConfinedDecoding
import Durability
import ProcessResources

/// The site admin's program.
@main
struct FedAgent: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fedagent",
        abstract: "Takes a hospital site through a federation: de-identify, train, compare.",
        discussion: """
            A site from nothing to work:

              fedagent init --directory /srv/fedagent --profile site.yaml
              fedagent cohort build --directory /srv/fedagent
              fedagent enroll fed1:coordinator.example:8444:... --directory /srv/fedagent
              fedagent serve --directory /srv/fedagent

            Exit status: 0 done, 1 failed, 64 usage, 65 bad input, 69 unavailable, 75 try again,
            77 refused by policy, 78 bad configuration.
            """,
        version: Version.text,
        subcommands: [
            InitCommand.self, SourceCommand.self, DeidentifyCommand.self,
            IntakeCommand.self, CohortCommand.self,
            EnrollCommand.self,
            PolicyCommand.self, PlanCommand.self, ServeCommand.self, StatusCommand.self,
            DoctorCommand.self,
            EgressCommand.self,
            AuditCommand.self,
        ]
    )

    /// Serves as pixel decoder if started as one, before any thread or command is made; a child of
    /// the demo ends with the demo.
    static func main() async {
        CoreDump.forbid()
        FrameDecodingService.runIfAsked()
        ProcessMemory.boundAllocator()
        Lifeline.hold()
        await main(nil)
    }
}
