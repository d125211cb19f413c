import CoordinatorServer
import Federation
import Foundation
import NIOCore
import SiteAgent
import Tensors
import TestSupport
import Testing
import WireProtocol

/// The agent's client on a line that is cut, altered, silent or slow.
@Suite struct BadLineTests {
    private static let parts = 8

    /// A run whose model has several parts, assigned to one site behind a proxy.
    private struct Scene {
        let agent: AgentFolder
        let run: TestRun
        let work: Work.Training
        let proxy: FaultProxy

        var model: URL { agent.folder.models.appending(path: "model.safetensors") }

        func fetch(_ client: CoordinatorClient) async throws {
            try await client.fetch(
                work.modelSHA256,
                bytes: work.modelBytes,
                to: model,
                plan: work.planSHA256
            )
        }

        /// Uploads and contributes the delta that adds one.
        func contribute(_ client: CoordinatorClient) async throws {
            let delta = try run.delta(1)
            let file = agent.folder.outbox.appending(path: "delta.safetensors")
            try Data(delta).write(to: file)
            let digest = SHA256Digest(hashing: delta)
            try await client.upload(file, as: digest, plan: work.planSHA256)
            let answer = try await run.contribute(delta, from: agent.wire, round: work.round)
            #expect(try answer.decoded(ContributionReceipt.self).status == .accepted)
        }

        /// The model that scoring is asked of is the one an undisturbed run ends with.
        func expectSameModel() async throws {
            let expected = try Safetensors.encode(run.model + (try run.constant(1)))
            let scored = try await run.scoring(of: agent.wire).modelSHA256
            #expect(scored == SHA256Digest(hashing: expected))
        }
    }

    private static func play(
        elements: Int = Self.parts * Limits.partBytes / 4,
        seed: UInt64 = 1,
        _ faults: @escaping @Sendable (Int) -> FaultProxy.Faults = { _ in .init() },
        _ body: (Scene) async throws -> Void
    ) async throws {
        try await TestFederation.serving { federation in
            let proxy = try await FaultProxy(
                to: federation.servicePort,
                seed: seed,
                faults: faults
            )
            let agent = try await AgentFolder("alpha", in: federation, dialling: proxy.port)
            defer { agent.remove() }
            let run = try await TestRun.start(
                in: federation,
                sites: [agent.wire],
                elements: elements
            )
            try await run.approve(agent.wire)
            let work = try await run.training(of: agent.wire)
            let result = await Result {
                try await body(Scene(agent: agent, run: run, work: work, proxy: proxy))
            }
            await proxy.close()
            try result.get()
        }
    }

    /// What may be sent twice: parts that were on their way, and the words around them.
    private static func mostBytes(_ whole: Int) -> Int {
        whole + 3 * Limits.partBytes + whole / 50
    }

    @Test func `cut at 90 % of a download and of an upload, only missing parts go again`()
        async throws
    {
        try await Self.play { scene in
            let bytes = scene.work.modelBytes
            scene.proxy.cut(.down, after: bytes * 9 / 10)
            try await scene.agent.connected { try await scene.fetch($0) }
            #expect(try SHA256Digest(ofFile: scene.model) == scene.work.modelSHA256)
            let down = scene.proxy.delivered(.down)
            #expect((bytes...Self.mostBytes(bytes)).contains(down), "\(down) of \(bytes)")
            let before = scene.proxy.delivered(.up)
            scene.proxy.cut(.up, after: before + bytes * 9 / 10)
            try await scene.agent.connected { try await scene.contribute($0) }
            let up = scene.proxy.delivered(.up) - before
            #expect((bytes...Self.mostBytes(bytes)).contains(up), "\(up) of \(bytes)")
            try await scene.expectSameModel()
        }
    }

    @Test func `an altered byte either way ends the connection, and the transfer goes on`()
        async throws
    {
        let altered: @Sendable (Int) -> FaultProxy.Faults = { connection in
            var faults = FaultProxy.Faults()
            if connection == 0 { faults.down.corruptAt = 3_000_000 }
            if connection == 1 { faults.up.corruptAt = 3_000_000 }
            return faults
        }
        try await Self.play(altered) { scene in
            try await scene.agent.connected {
                try await scene.fetch($0)
                try await scene.contribute($0)
            }
            #expect(scene.proxy.accepted > 3, "connections were replaced")
            try await scene.expectSameModel()
        }
    }

    @Test func `a connection that a firewall forgot is noticed in bounded time`() async throws {
        try await Self.play { scene in
            try await scene.agent.connected(silenceSeconds: 2) { client in
                _ = try await client.hello()
                scene.proxy.forget()
                let start = ContinuousClock.now
                _ = try await client.hello()
                let noticed = ContinuousClock.now - start
                // Two seconds of silence, then a new connection after at most 250 ms of back-off.
                #expect(noticed >= .seconds(2) && noticed < .seconds(10), "\(noticed)")
                try await scene.fetch(client)
                try await scene.contribute(client)
            }
            try await scene.expectSameModel()
        }
    }

    @Test func `a line that loses a fifth of its segments is slow, and nothing else`() async throws
    {
        let lossy: @Sendable (Int) -> FaultProxy.Faults = { _ in
            var faults = FaultProxy.Faults()
            // A tenth of Linux's first timeout, so that the test is over soon; a segment that is
            // lost three times in a row ends its connection.
            let loss = LinkFaults.Loss(share: 0.2, timeout: .milliseconds(20), attemptsMax: 3)
            faults.up.loss = loss
            faults.down.loss = loss
            return faults
        }
        try await Self.play(elements: 20_000, lossy) { scene in
            try await scene.agent.connected {
                try await scene.fetch($0)
                try await scene.contribute($0)
            }
            try await scene.expectSameModel()
        }
    }
}
