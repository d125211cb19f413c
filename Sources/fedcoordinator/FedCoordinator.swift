import ArgumentParser
import Durability
import ProcessResources

/// The operator's program.
@main
struct FedCoordinator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fedcoordinator",
        abstract: "Schedules federated rounds among hospital sites, and shows the whole in a demo.",
        discussion: """
            See everything at once, on this machine:

              fedcoordinator demo --output /tmp/federation

            A federation from nothing:

              fedcoordinator ca init --federation stroke --root /media/root
              fedcoordinator init --directory /srv/coordinator --federation stroke --host fed.example \
                --root /media/root
              fedcoordinator serve --directory /srv/coordinator
              fedcoordinator site invite trauma --directory /srv/coordinator
              fedcoordinator site approve trauma --directory /srv/coordinator
              fedcoordinator plan submit plan.yaml --directory /srv/coordinator
              fedcoordinator run start <plan> --directory /srv/coordinator
              fedcoordinator run watch --directory /srv/coordinator

            Exit status: 0 done, 1 failed, 64 usage, 65 bad input, 75 try again, 78 bad configuration, \
            130 interrupted.
            """,
        version: Version.text,
        subcommands: [
            DemoCommand.self, CACommand.self, InitCommand.self, ServeCommand.self,
            SiteCommand.self, PersonCommand.self, PlanCommand.self, RunCommand.self,
            StatusCommand.self, BackupCommand.self, RestoreCommand.self, AuditCommand.self,
        ]
    )

    /// Runs the verb; a child of the demo ends with the demo.
    static func main() async {
        ProcessMemory.boundAllocator()
        OpenFiles.raiseLimit()
        Lifeline.hold()
        await main(nil)
    }
}
