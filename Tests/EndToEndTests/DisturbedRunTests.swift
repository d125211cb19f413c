import Foundation
import NIOCore
import Subprocess
import TestSupport
import Testing

extension EndToEndTests {
    /// Real processes on a bad line: each run ends with the model of the undisturbed one.
    @Suite struct DisturbedRunTests {
        private static let undisturbed = Task { try await DisturbedRun().model() }

        private static func both(_ faults: LinkFaults) -> @Sendable (Int) -> FaultProxy.Faults {
            { _ in .init(up: faults, down: faults) }
        }

        @Test func `a fifth of the segments lost`() async throws {
            var faults = LinkFaults()
            // A tenth of Linux's first timeout, so that the test is over in seconds; a segment that
            // is lost four times in a row ends its connection.
            faults.loss = .init(share: 0.2, timeout: .milliseconds(20), attemptsMax: 4)
            let model = try await DisturbedRun().model(faults: Self.both(faults))
            #expect(try await Self.undisturbed.value == model)
        }

        @Test func `five kilobytes a second`() async throws {
            var faults = LinkFaults()
            faults.bytesPerSecond = 5000
            let model = try await DisturbedRun().model(faults: Self.both(faults))
            #expect(try await Self.undisturbed.value == model)
        }

        @Test func `every third connection delivers a wrong bit`() async throws {
            let model = try await DisturbedRun().model(
                faults: { number in
                    var faults = FaultProxy.Faults()
                    if number % 3 == 0 { faults.up.corruptAt = 7000 }
                    if number % 3 == 1 { faults.down.corruptAt = 9000 }
                    return faults
                }
            )
            #expect(try await Self.undisturbed.value == model)
        }

        @Test func `a firewall forgets all connections, twice`() async throws {
            let model = try await DisturbedRun().model(
                silence: 2,
                disturb: { proxy in
                    for bytes in [20_000, 60_000] {
                        try await proxy.reached(.down, bytes)
                        proxy.forget()
                        try await proxy.taken(2)
                    }
                }
            )
            #expect(try await Self.undisturbed.value == model)
        }

        @Test(arguments: [LinkWay.up, .down])
        func `nothing passes one way until both sites have dialled again`(way: LinkWay) async throws
        {
            let model = try await DisturbedRun().model(
                silence: 2,
                disturb: { proxy in
                    try await proxy.reached(.down, 30_000)
                    proxy.hold(way)
                    try await proxy.taken(2)
                    proxy.release(way)
                }
            )
            #expect(try await Self.undisturbed.value == model)
        }

        @Test
        func `a coordinator from a backup is refused until each admin knows why, and goes on`()
            async throws
        {
            let federation = try await DisturbedRun().federation
            let backup = federation.folder.appending(path: "backup")
            let passphrase = federation.folder.appending(path: "passphrase")
            try Data("a test's passphrase\n".utf8).write(to: passphrase)
            let sealed = ["--passphrase-file", passphrase.path]
            var slow = LinkFaults()
            slow.bytesPerSecond = 20_000
            let faults = slow
            let first = try await Self.serve(federation, federation.coordinator, faults) { _ in
                // In the middle of the first round.
                try await within(.seconds(60), "the first round") {
                    while try await !federation.operation(["run", "list", "--json"])
                        .contains(#""status":"running""#)
                    {
                        try await Task.sleep(for: .milliseconds(20))
                    }
                }
                try await federation.operation(["backup", backup.path] + sealed)
                return try await federation.finalModel()
            }
            #expect(try await Self.undisturbed.value == first)
            let old = federation.folder.appending(path: "restored")
            let restored = try await Command(
                program: "fedcoordinator",
                arguments: ["restore", backup.path, "--directory", old.path] + sealed
            ).run()
            #expect(restored.status.isSuccess, "\(restored.words)")
            #expect(restored.words.contains("fedagent audit forget coordinator --yes"))
            let refusals = try await Self.refusals(federation, old)
            for outcome in refusals {
                #expect(outcome.status == .exited(77), "\(outcome.words)")
                #expect(outcome.words.contains("the coordinator's history is older"))
                #expect(outcome.words.contains("audit forget coordinator"), "\(outcome.words)")
            }
            for name in ["north", "south"] {
                let status = try await federation.agent(name, ["status"])
                #expect(status.contains("ALARM older-history/"), "\(status)")
                try await federation.agent(name, ["audit", "forget", "coordinator", "--yes"])
            }
            var again = federation
            again.coordinator = old
            let continued = again
            let second = try await Self.serve(continued, old, LinkFaults()) { _ in
                try await continued.finalModel()
            }
            #expect(second == first)
        }

        /// Both agents at a coordinator that they have to refuse.
        private static func refusals(
            _ federation: WiredFederation,
            _ coordinator: URL
        ) async throws -> [Command.Outcome] {
            for name in ["north", "south"] {
                try federation.redirect(name, to: federation.servicePort)
            }
            return try await withThrowingTaskGroup(of: Void.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await federation.serve("fedcoordinator", coordinator) }
                try await federation.reachable()
                var outcomes: [Command.Outcome] = []
                for name in ["north", "south"] {
                    outcomes.append(
                        try await Command(
                            program: "fedagent",
                            arguments: ["serve", "--directory", federation.site(name).path],
                            limit: .seconds(60)
                        ).run()
                    )
                }
                group.cancelAll()
                while let _ = await group.nextResult() {}
                return outcomes
            }
        }

        /// A coordinator and both agents while `body` runs.
        private static func serve(
            _ federation: WiredFederation,
            _ coordinator: URL,
            _ faults: LinkFaults,
            _ body: (FaultProxy) async throws -> String
        ) async throws -> String {
            let proxy = try await FaultProxy(to: federation.servicePort, faults: both(faults))
            for name in ["north", "south"] { try federation.redirect(name, to: proxy.port) }
            return try await withThrowingTaskGroup(of: Void.self) { group in
                defer { group.cancelAll() }
                group.addTask { try await federation.serve("fedcoordinator", coordinator) }
                try await federation.reachable()
                for name in ["north", "south"] {
                    group.addTask {
                        try await federation.serve("fedagent", federation.site(name))
                    }
                }
                let result = try await body(proxy)
                group.cancelAll()
                while let _ = await group.nextResult() {}
                await proxy.close()
                return result
            }
        }
    }
}
