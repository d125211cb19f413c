import AuditLog
import AuditedDatabase
import CanonicalJSON
import CoordinatorServer
import CoordinatorStore
import Evaluation
import Federation
import Foundation
import Tensors
import Testing
import WireProtocol

/// A coordinator that comes back goes on as if it had never been away.
@Suite struct RestartTests {
    private static func model(_ text: String?) throws -> SHA256Digest {
        try #require(text.flatMap { SHA256Digest(rawValue: $0) })
    }

    /// The sites of a federation that serves again, under new certificates.
    private static func sites(_ federation: TestFederation) async throws -> (TestSite, TestSite) {
        (
            try await federation.enrolledSite("alpha"), try await federation.enrolledSite("beta")
        )
    }

    @Test func `answers, updates, rounds and scores survive a restart after each`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let started = Box<TestRun>()
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let run = try await TestRun.start(in: federation, sites: [alpha, beta], rounds: 2)
            started.value = run
            try await run.approve(alpha)
        }
        let run = try #require(started.value)
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            #expect(try await alpha.work(waiting: 0) == nil, "alpha has answered")
            try await run.approve(beta)
            let work = try await run.training(of: alpha)
            #expect(work.round == .first)
            try await run.send(1, from: alpha, round: .first)
        }
        let second = RoundNumber.first.next
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            #expect(try await alpha.work(waiting: 0) == nil, "alpha's update is counted")
            let again = try await run.contribute(try run.delta(1), from: alpha, round: .first)
            #expect(try again.decoded(ContributionReceipt.self).status == .accepted)
            let other = try await run.contribute(try run.delta(9), from: alpha, round: .first)
            #expect(other.code == "conflict")
            try await run.send(3, from: beta, round: .first)
            #expect(try await run.training(of: alpha).round == second)
        }
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let again = try await run.contribute(try run.delta(1), from: alpha, round: .first)
            #expect(
                try again.decoded(ContributionReceipt.self).status == .accepted,
                "the round is closed, but the answer is kept"
            )
            try await run.send(1, from: alpha, round: second)
            try await run.send(1, from: beta, round: second)
            let final = try await run.scoring(of: alpha).modelSHA256
            #expect(try await run.report(final, from: alpha) == 204)
        }
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let final = try await run.scoring(of: beta).modelSHA256
            #expect(try await run.report(final, from: alpha) == 204, "again")
            #expect(try await run.report(final, from: beta) == 204)
            let report = try await federation.operations.store.report(of: run.id)
            #expect(report.status == "completed")
            // Both sites weigh the same: 2 in the first round, 1 in the second.
            let expected = try Safetensors.encode(run.model + (try run.constant(3)))
            #expect(try Self.model(report.model) == SHA256Digest(hashing: expected))
            let key = try AuditKey.secret(of: folder)
                .logSigner(named: federation.operations.store.auditLog).key
            let verdict = try await federation.operations.store.verifyAudit(
                by: BundleVerifier(trust: TrustedKeys([key]))
            )
            #expect(verdict.outcome == .good, "\(verdict.text)")
        }
        try await TestFederation.serving(folder) { federation in
            let (alpha, _) = try await Self.sites(federation)
            let ended = try await alpha.work(waiting: 5)
            #expect(ended == .runEnded(run.id, outcome: "completed"))
            let late = try await run.contribute(try run.delta(7), from: alpha, round: second.next)
            #expect(try late.decoded(ContributionReceipt.self).status == .late)
        }
        let kept = try FileManager.default.contentsOfDirectory(atPath: folder.blobs.path)
        #expect(kept.count { $0.hasSuffix(".safetensors") } == 2, "the initial and the final model")
    }

    @Test func `an upload goes on where it was, and one that is whole is kept`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let started = Box<TestRun>()
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let run = try await TestRun.start(in: federation, sites: [alpha, beta])
            started.value = run
            try await run.approve(alpha)
            try await run.approve(beta)
            _ = try await run.training(of: alpha)
            #expect(try await alpha.upload(try run.delta(1)).status == 200)
        }
        let run = try #require(started.value)
        try await TestFederation.serving(folder) { federation in
            let (alpha, _) = try await Self.sites(federation)
            let answer = try await run.contribute(try run.delta(1), from: alpha, round: .first)
            #expect(try answer.decoded(ContributionReceipt.self).status == .accepted)
        }
    }

    @Test func `one process serves a folder; the next is told which`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await TestFederation.serving(folder) { _ in
            let error = await #expect(throws: CoordinatorError.self) {
                try await TestFederation.serving(folder) { _ in }
            }
            let process = ProcessInfo.processInfo.processIdentifier
            #expect(error?.message.contains("process \(process)") == true)
        }
        try await TestFederation.serving(folder) { _ in }
    }

    @Test func `a model that a run needs and that is gone is named at the start`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let model = Box<SHA256Digest>()
        try await TestFederation.serving(folder) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let run = try await TestRun.start(in: federation, sites: [alpha, beta])
            model.value = SHA256Digest(hashing: try Safetensors.encode(run.model))
            try await run.approve(alpha)
        }
        let digest = try #require(model.value)
        let file = folder.blobs.appending(path: "\(digest).safetensors")
        try FileManager.default.removeItem(at: file)
        let error = await #expect(throws: CoordinatorError.self) {
            try await TestFederation.serving(folder) { _ in }
        }
        #expect(error?.message.contains(file.lastPathComponent) == true)
        #expect(error?.message.contains("backup") == true)
    }

    @Test func `without room for two models no update is taken, and with room again`() async throws
    {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let free = Box<Int>()
        free.value = 1 << 30
        try await TestFederation.serving(folder, freeBytes: { _ in free.value }) { federation in
            let (alpha, beta) = try await Self.sites(federation)
            let run = try await TestRun.start(in: federation, sites: [alpha, beta])
            try await run.approve(alpha)
            try await run.approve(beta)
            _ = try await run.training(of: alpha)
            free.value = 500
            let refused = try await alpha.upload(try run.delta(1))
            #expect(refused.status == 503 && refused.code == "busy")
            free.value = 1 << 30
            #expect(try await alpha.upload(try run.delta(1)).status == 200)
        }
    }
}

/// A value that one closure leaves for another.
final class Box<Value: Sendable>: @unchecked Sendable {
    // SAFETY: tests set it before they read it.
    var value: Value?
}
