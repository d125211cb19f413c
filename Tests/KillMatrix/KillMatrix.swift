import ArgumentParser

/// Real processes of one small federation, killed at every moment at which something becomes
/// durable: after each kill the run must end by itself, with the bits of the undisturbed run.
///
/// The only program that arms crash points; no product of the package does.
@main
struct KillMatrix: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "killmatrix",
        abstract:
            "Kill coordinator and agents at every durable step, and see that nothing is lost.",
        subcommands: [
            SimulateCommand.self, RunCommand.self, CoordinatorCommand.self, AgentCommand.self,
        ],
        defaultSubcommand: RunCommand.self
    )
}
