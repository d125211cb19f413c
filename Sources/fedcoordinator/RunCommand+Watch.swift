import ArgumentParser
import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import FederationDemo

extension RunCommand {
    /// `fedcoordinator run watch`.
    struct Watch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Follow a run to its end: what each site does, and each round's roll-call.",
            discussion: """
                On a terminal the sites' lines are rewritten; elsewhere, and with --json, a line is \
                written when something changed. Ctrl-C ends watching, not the run.

                Exit status: 0 the run completed, 1 it failed.
                """
        )

        @OptionGroup var options: CoordinatorOptions
        @Argument(help: "The run's id; the newest one if left out.") var run: String?

        func run() async throws {
            try await reporting {
                let operation = try options.operation()
                guard let id = try await id(operation) else {
                    throw ValidationError("there is no run; begin one with `run start`")
                }
                let status = try await follow(id, operation)
                guard status == "completed" else { throw ExitCode.failure }
            }
        }

        private func id(_ operation: FederationOperator) async throws -> RunID? {
            if let run { return try RunID(validating: run) }
            return try await operation.store.runIDs().last
        }

        private func follow(_ id: RunID, _ operation: FederationOperator) async throws -> String {
            let screen = Terminal.standardOutput
            var told = 0
            var drawn = 0
            var last: [String] = []
            while true {
                let view = try await operation.view(of: id)
                let isOver = view.status == "completed" || view.status == "failed"
                let lines = Array(view.lines.prefix(1 + view.sites.count))
                if options.json {
                    if lines != last { try printJSON(view) }
                } else {
                    let calls = view.rounds.dropFirst(told).flatMap(RunView.rollCall)
                    drawn = draw(calls, lines, over: drawn, changed: lines != last, screen)
                }
                told = view.rounds.count
                last = lines
                if isOver { return view.status }
                try await Task.sleep(for: .milliseconds(screen.isInteractive ? 250 : 1000))
            }
        }

        /// Writes what is new above the lines that change; returns how many those are.
        private func draw(
            _ news: [String],
            _ lines: [String],
            over drawn: Int,
            changed: Bool,
            _ screen: Terminal
        ) -> Int {
            guard screen.isInteractive else {
                let text = news + (changed ? lines.prefix(1) : [])
                if !text.isEmpty { screen.write(text.joined(separator: "\n") + "\n") }
                return 0
            }
            let erase = drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[J" : ""
            let rows = lines.map { String($0.prefix(screen.columns - 1)) }
            let said = news.flatMap { folded($0, to: screen.columns - 1) }
            screen.write(erase + (said + rows).map { $0 + "\n" }.joined())
            return lines.count
        }

        /// A roll-call stays on the screen: all of it, whatever the width.
        private func folded(_ line: String, to width: Int) -> [String] {
            let rows = FoldedText.lines(line, to: max(width - 4, 16))
            return rows.prefix(1) + rows.dropFirst().map { "    " + $0 }
        }
    }
}
