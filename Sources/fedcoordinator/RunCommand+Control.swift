import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Federation

extension RunCommand {
    /// `fedcoordinator run pause`.
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Hold a run: no new work, no new round; its deadlines stand still."
        )

        @OptionGroup var control: RunControl

        func run() async throws { try await control.ask(.pause, done: "is held") }
    }

    /// `fedcoordinator run resume`.
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let a held run go on.")

        @OptionGroup var control: RunControl

        func run() async throws { try await control.ask(.resume, done: "goes on") }
    }

    /// `fedcoordinator run close-round`.
    struct CloseRound: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Close the open round with what has come, if that is a quorum."
        )

        @OptionGroup var control: RunControl

        func run() async throws {
            try await control.ask(.closeRound, done: "was told to close its round")
        }
    }

    /// `fedcoordinator run abort`.
    struct Abort: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "End a run without a final model; what was trained in it is lost."
        )

        @OptionGroup var control: RunControl

        func run() async throws { try await control.ask(.abort, done: "has ended") }
    }
}

/// What the verbs that change a run have in common.
struct RunControl: ParsableArguments {
    @OptionGroup var options: CoordinatorOptions
    @Argument(help: "The run's id.") var run: String

    /// Asks whoever serves, and says what came of it.
    func ask(_ verb: RunRequest.Verb, done: String) async throws {
        try await reporting {
            let isDone = try await options.operation().ask(verb, of: try RunID(validating: run))
            say(
                isDone
                    ? "\(run) \(done)"
                    : "noted; nobody serves \(options.directory) now, it is done when"
                        + " `fedcoordinator serve` runs"
            )
        }
    }
}
