import Evaluation
import Foundation
import Subprocess
import Synchronization
import TestSupport
import Testing

extension EndToEndTests {
    /// A demo that cannot go on says why, ends with a status, and leaves nobody behind.
    @Suite struct EndingTests {
        /// Runs a demo that would last for minutes, and calls `disturb` once its first round has closed.
        private func disturbed(
            _ run: DemoRun,
            _ disturb: @escaping @Sendable (_ demo: pid_t) -> Void
        ) async throws -> Command.Outcome {
            let once = Once()
            var command = run.command
            command.limit = .seconds(120)
            let outcome = try await command.run { line, demo in
                if line.contains("round 1 of 2000"), once.first() { disturb(demo) }
            }
            #expect(!outcome.status.isSuccess)
            #expect(run.children.isEmpty, "a child was left behind")
            return outcome
        }

        @Test func `killed children are started again, and the model is the same`() async throws {
            let undisturbed = DemoRun(["--rounds", "4"])
            _ = try await undisturbed.finished()
            let run = DemoRun(["--rounds", "4"])
            let kills = [
                "round 1 of 4": "fedcoordinator serve", "round 2 of 4": "fedagent serve",
                "round 3 of 4": "fedcoordinator serve",
            ]
            let outcome = try await run.command.run { line, _ in
                guard let part = kills.first(where: { line.contains($0.key) })?.value else {
                    return
                }
                for child in run.children where child.command.contains(part) {
                    kill(child.id, SIGKILL)
                }
            }
            #expect(outcome.status.isSuccess, "\(outcome.words)")
            for name in ["coordinator (fedcoordinator serve)", "agent of north (fedagent serve)"] {
                let words = "the \(name) was killed by signal 9; started again"
                #expect(outcome.words.contains(words))
            }
            let (first, second) = (try undisturbed.comparison(), try run.comparison())
            #expect(first.model == second.model)
            #expect(first.rounds.map(\.rollCall) == second.rounds.map(\.rollCall))
            #expect(run.children.isEmpty, "a child was left behind")
        }

        @Test func `a killed demo leaves no children`() async throws {
            let run = DemoRun(["--rounds", "2000"])
            let seen = Mutex(0)
            var command = run.command
            command.limit = .seconds(120)
            let outcome = try await command.run { line, demo in
                guard line.contains("round 1 of 2000") else { return }
                seen.withLock { $0 = run.children.count }
                kill(demo, SIGKILL)
            }
            #expect(outcome.status == .signaled(SIGKILL))
            #expect(seen.withLock { $0 } == 3, "the coordinator and two agents were at work")
            try await within(.seconds(10), "the end of every child") {
                while !run.children.isEmpty { try await Task.sleep(for: .milliseconds(20)) }
            }
        }

        @Test func `an interrupted demo ends its children and says what was kept`() async throws {
            let run = DemoRun(["--rounds", "2000"])
            let outcome = try await disturbed(run) { kill($0, SIGINT) }
            #expect(outcome.status == .exited(130))
            #expect(outcome.words.contains("every child process was ended"))
            #expect(outcome.words.contains("everything it made is in \(run.folder.path)"))
        }

        @Test func `a folder that is not empty is left alone`() async throws {
            let run = DemoRun()
            try FileManager.default.createDirectory(
                at: run.folder,
                withIntermediateDirectories: true
            )
            let file = run.folder.appending(path: "thesis.txt")
            try Data("mine".utf8).write(to: file)
            let outcome = try await run.command.run()
            #expect(outcome.status == .exited(1))
            #expect(outcome.words.contains("is not empty"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path).count == 1)
        }

        @Test(arguments: [
            (["--rounds", "0"], "rounds: must lie between 1 and 10000"),
            (["--data", "/nowhere"], "every site of"),
        ])
        func `a mistake is found before anything is made`(
            options: [String],
            words: String
        ) async throws {
            let run = DemoRun(options)
            let outcome = try await run.command.run()
            #expect(outcome.status == .exited(1))
            #expect(outcome.words.contains(words), "\(outcome.words)")
            #expect(!FileManager.default.fileExists(atPath: run.folder.path))
        }

        @Test func `missing images are named`() async throws {
            let run = DemoRun(
                sites: SharedData.repository.appending(path: "Sites/public"),
                ["--data", "/nowhere"]
            )
            let outcome = try await run.command.run()
            #expect(outcome.status == .exited(1))
            #expect(outcome.words.contains("the images of site 'aisd' are not there"))
        }
    }
}

/// Lets the first caller through.
private final class Once: Sendable {
    private let isOver = Mutex(false)

    func first() -> Bool {
        isOver.withLock { isOver in
            defer { isOver = true }
            return !isOver
        }
    }
}
