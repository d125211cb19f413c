import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Tensors
import Testing
import WireProtocol

/// Exactly-once contributions, and the model that comes of them.
@Suite struct ContributionTests {
    @Test func `the same contribution twice is one, another hash is a conflict`() async throws {
        try await TestFederation.serving { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            let run = try await TestRun.start(in: federation, sites: [alpha, beta])
            try await run.approve(alpha)
            try await run.approve(beta)
            let work = try await run.training(of: alpha)
            let delta = try run.delta(1)
            #expect(try await alpha.upload(delta).status == 200)
            for _ in 1...2 {
                let answer = try await run.contribute(delta, from: alpha, round: work.round)
                #expect(try answer.decoded(ContributionReceipt.self).status == .accepted)
            }
            let other = try run.delta(2)
            #expect(try await alpha.upload(other).status == 200)
            let answer = try await run.contribute(other, from: alpha, round: work.round)
            #expect(answer.status == 409)
            #expect(answer.code == "conflict")
        }
    }

    @Test func `bytes that were counted before are kept from the upload to the answer`()
        async throws
    {
        try await TestFederation.serving { federation in
            let alpha = try await federation.enrolledSite("alpha")
            let beta = try await federation.enrolledSite("beta")
            let run = try await TestRun.start(in: federation, sites: [alpha, beta], rounds: 2)
            try await run.approve(alpha)
            try await run.approve(beta)
            _ = try await run.training(of: alpha)
            try await run.send(1, from: alpha, round: .first)
            // The site trains to the same bits once more, and announces them as the round closes.
            let delta = try run.delta(1)
            #expect(try await alpha.upload(delta).status == 200)
            try await run.send(2, from: beta, round: .first)
            let counted = SHA256Digest(hashing: try run.delta(2))
            let store = federation.operations.store
            while try await !store.blobs().contains(where: { $0.sha256 == counted && $0.isDeleted })
            {
                await Task.yield()
            }
            while try await run.training(of: alpha).round == .first { continue }
            let answer = try await run.contribute(delta, from: alpha, round: RoundNumber.first.next)
            #expect(answer.status == 200)
            #expect(try answer.decoded(ContributionReceipt.self).status == .accepted)
        }
    }

    @Test func `a contribution without its upload or for another round is not-found`()
        async throws
    {
        try await withRound { _, site, run, work in
            let delta = try run.delta(1)
            #expect(try await run.contribute(delta, from: site, round: work.round).status == 404)
            #expect(try await site.upload(delta).status == 200)
            let later = try #require(RoundNumber(rawValue: 2))
            #expect(try await run.contribute(delta, from: site, round: later).status == 404)
        }
    }

    @Test func `a delta of another shape is rejected with the gate's reason`() async throws {
        try await withRound { federation, site, run, work in
            let delta = try Safetensors.encode(
                try NamedTensors([("w", Tensor(shape: [3], values: [1, 2, 3]))])
            )
            #expect(try await site.upload(delta).status == 200)
            let answer = try await run.contribute(delta, from: site, round: work.round)
            let receipt = try answer.decoded(ContributionReceipt.self)
            #expect(receipt.status == .rejected)
            #expect(receipt.reason == "shape-mismatch")
            let kept = federation.folder.blobs.appending(
                path: "quarantine/\(run.id)-1-\(site.id)-shape-mismatch.safetensors"
            )
            #expect(try Array(Data(contentsOf: kept)) == delta)
        }
    }

    @Test(arguments: [["alpha", "beta", "gamma"], ["gamma", "alpha", "beta"]])
    func `the model of a round is the same whatever the order of arrival`(order: [String])
        async throws
    {
        try await TestFederation.serving { federation in
            var sites: [String: TestSite] = [:]
            for id in order { sites[id] = try await federation.enrolledSite(id) }
            let all = sites.values.sorted { $0.id < $1.id }
            let run = try await TestRun.start(in: federation, sites: all, rounds: 2)
            for site in all { try await run.approve(site) }
            let values: [String: (Float, Int)] = [
                "alpha": (0.1, 3), "beta": (0.7, 11), "gamma": (-0.3, 5),
            ]
            for id in order {
                guard let site = sites[id], let (value, examples) = values[id] else { continue }
                let work = try await run.training(of: site)
                let delta = try run.delta(value)
                #expect(try await site.upload(delta).status == 200)
                let answer = try await run.contribute(
                    delta,
                    from: site,
                    round: work.round,
                    examples: examples
                )
                #expect(try answer.decoded(ContributionReceipt.self).status == .accepted)
            }
            let next = try await run.training(of: all[0])
            #expect(next.round.rawValue == 2)
            #expect(next.modelSHA256 == (try Self.expectedModel(run, values)))
        }
    }

    /// FedAvg by hand: `Float(Double(w) + Σ nᵢ δᵢ / Σ nᵢ)`, sites in ascending order.
    private static func expectedModel(
        _ run: TestRun,
        _ values: [String: (Float, Int)]
    ) throws -> SHA256Digest {
        let ordered = values.sorted { $0.key < $1.key }.map(\.value)
        let sum = ordered.reduce(0.0) { $0 + Double($1.1) * Double($1.0) }
        let step = sum / Double(ordered.reduce(0) { $0 + $1.1 })
        let start = run.model.tensors[0]
        let moved = start.values.map { Float(Double($0) + step) }
        let model = try NamedTensors([("w", Tensor(shape: start.shape, values: moved))])
        return SHA256Digest(hashing: try Safetensors.encode(model))
    }
}
