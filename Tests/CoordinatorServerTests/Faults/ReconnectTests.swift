import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import NIOConcurrencyHelpers
import SiteAgent
import Tensors
import TestSupport
import Testing
import WireProtocol

/// Many agents at once at a coordinator that was killed and came back, each a real client.
@Suite struct ReconnectTests {
    private static let sites = 50

    /// One agent: asks for work, does it, and goes on when the coordinator is away.
    private static func takePart(
        _ agent: AgentFolder,
        _ run: TestRun,
        value: Float,
        _ client: CoordinatorClient,
        contributed: @Sendable () -> Void
    ) async throws {
        while true {
            do {
                switch try await client.nextWork(waiting: 25) {
                case .reviewPlan(let plan):
                    try await client.answer(
                        plan: plan,
                        PlanAnswer(
                            decision: .approved,
                            by: "policy",
                            exams: 10,
                            positiveExams: 5
                        )
                    )
                case .train(let work):
                    try await contribute(agent, run, work, value, client)
                    contributed()
                case .score, .runEnded: return
                case nil: continue
                }
            } catch let error as AgentError where error.code != .refusedByPolicy {
                try await Task.sleep(for: Backoff.standard.delay(attempt: 1))
            }
        }
    }

    private static func contribute(
        _ agent: AgentFolder,
        _ run: TestRun,
        _ work: Work.Training,
        _ value: Float,
        _ client: CoordinatorClient
    ) async throws {
        try await client.fetch(
            work.modelSHA256,
            bytes: work.modelBytes,
            to: agent.folder.models.appending(path: "model.safetensors"),
            plan: work.planSHA256
        )
        let delta = try run.delta(value)
        let digest = SHA256Digest(hashing: delta)
        let file = agent.folder.outbox.appending(path: "\(digest).safetensors")
        try Data(delta).write(to: file)
        try await client.upload(file, as: digest, plan: work.planSHA256)
        _ = try await client.contribute(
            ContributionRequest(
                deltaSHA256: digest,
                bytes: delta.count,
                examples: 10,
                meanLoss: 0.5,
                exams: 10,
                positiveExams: 5,
                trainSeconds: 1,
                engine: .init(name: "none", version: "0", isa: "none", threads: 1)
            ),
            run: work.runID,
            round: work.round,
            plan: work.planSHA256
        )
    }

    @Test(.enabled(if: CoordinatorProcess.isBuilt, "skipped: fedcoordinator is not built"))
    func `fifty agents come back to a killed coordinator, and all are served`() async throws {
        let (service, enrolment) = (try await LoopbackPort.free(), try await LoopbackPort.free())
        let folder = try TestFederation.makeFolder(
            servicePort: service,
            enrolmentPort: enrolment
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let proxy = try await FaultProxy(to: service)
        try await TestFederation.beside(folder, service: service, enrolment: enrolment) {
            federation in
            var agents: [AgentFolder] = []
            for number in 1...Self.sites {
                agents.append(
                    try await AgentFolder(
                        "site-\(number)",
                        in: federation,
                        dialling: proxy.port
                    )
                )
            }
            defer { for agent in agents { agent.remove() } }
            let run = try await TestRun.start(in: federation, sites: agents.map(\.wire))
            let peak = try await Self.play(agents, run, folder, service)
            #expect(peak <= 256, "the coordinator took \(peak) MiB")
            let expected = try Safetensors.encode(run.model + (try run.constant(25.5)))
            let report = try await federation.operations.store.report(of: run.id)
            #expect(report.rounds.first?.contributions.count == Self.sites)
            let digest = SHA256Digest(hashing: expected)
            #expect(
                FileManager.default.fileExists(
                    atPath: folder.blobs.appending(path: "\(digest).safetensors").path
                ),
                "the model is that of an undisturbed run: 25.5 is the mean of 1 to 50"
            )
        }
        await proxy.close()
    }

    /// Kills the coordinator when half of the agents have contributed, and serves again.
    ///
    /// - Returns: the most memory of the second coordinator, in MiB.
    private static func play(
        _ agents: [AgentFolder],
        _ run: TestRun,
        _ folder: CoordinatorFolder,
        _ port: Int
    ) async throws -> Int {
        let (half, reached) = AsyncStream.makeStream(of: Void.self)
        let (ended, end) = AsyncStream.makeStream(of: Void.self)
        async let all: Void = takePart(agents, run) { if $0 == sites / 2 { reached.finish() } }
        try await CoordinatorProcess.serving(folder, port: port) { _ in
            for await _ in half {}
        }
        async let peak = CoordinatorProcess.serving(folder, port: port) { process in
            for await _ in ended {}
            return process.peakMebibytes
        }
        try await all
        end.finish()
        return try await peak
    }

    /// All agents at once; `contributed` hears how many have contributed so far.
    private static func takePart(
        _ agents: [AgentFolder],
        _ run: TestRun,
        contributed: @escaping @Sendable (Int) -> Void
    ) async throws {
        let count = NIOLockedValueBox(0)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            for (index, agent) in agents.enumerated() {
                tasks.addTask {
                    try await agent.connected { client in
                        try await takePart(agent, run, value: Float(index + 1), client) {
                            contributed(
                                count.withLockedValue { count -> Int in
                                    count += 1
                                    return count
                                }
                            )
                        }
                    }
                }
            }
            try await tasks.waitForAll()
        }
    }
}
