import AuditLog
import Foundation
import Testing

/// What a verification finds beside the table of `BundleTests`.
@Suite struct LogVerificationTests {
    private let site = AuditActor(.site, "agent")
    private let coordinator = AuditActor(.coordinator, "coordinator")
    private let hash = String(repeating: "a", count: 64)

    private func verdict(
        _ leaves: [[UInt8]],
        log: String = "fed/log",
        hashes: [MerkleHash]? = nil
    ) -> BundleVerdict {
        var verification = BundleVerifier(trust: TrustedKeys([])).begin(log: log, notes: [])
        for (number, leaf) in leaves.enumerated() {
            verification.add(leaf, storedHash: hashes?[number])
        }
        return verification.finish()
    }

    private func faults(_ entries: [AuditEntry]) throws -> [AuditFault] {
        verdict(try TestLog.leaves(of: entries)).faults
    }

    @Test func `bytes that do not have the hash they are stored under are altered`() throws {
        let leaves = try TestLog.leaves(of: (0..<6).map(TestLog.entry))
        var hashes = leaves.map(MerkleHash.leaf)
        hashes[4] = .empty
        #expect(verdict(leaves, hashes: hashes).faults.first == AuditFault(.altered, at: 4))
    }

    @Test func `records of another log are foreign, from the first or from within`() throws {
        let other = try TestLog.leaves(of: [TestLog.entry(0)], named: "other/log")
        #expect(verdict(other).faults == [AuditFault(.foreign, at: 0)])
        var end = LogEnd.empty
        let mixed = try ["fed/log", "other/log"].enumerated().map { number, log in
            try end.append(AuditEntry(.auditRead, by: site), to: log, at: TestLog.stamp(number))
                .leaf
        }
        #expect(verdict(mixed).faults.first == AuditFault(.foreign, at: 1))
    }

    @Test func `only a record that adopts a log gives it another name`() throws {
        var end = LogEnd.empty
        func leaf(_ entry: AuditEntry, _ log: String) throws -> [UInt8] {
            try end.append(entry, to: log, at: TestLog.stamp(Int(end.size))).leaf
        }
        let adoption = AuditEntry(.treeAdopt, by: site, old: "site", new: "fed/log", count: 1)
        let leaves = [
            try leaf(AuditEntry(.auditRead, by: site), "site"), try leaf(adoption, "fed/log"),
            try leaf(AuditEntry(.auditRead, by: site), "fed/log"),
        ]
        #expect(verdict(leaves).faults.isEmpty)
        end = .empty
        let wrong = AuditEntry(.treeAdopt, by: site, old: "elsewhere", new: "fed/log", count: 1)
        let stolen = [
            try leaf(AuditEntry(.auditRead, by: site), "site"), try leaf(wrong, "fed/log"),
        ]
        #expect(verdict(stolen).faults.first == AuditFault(.foreign, at: 1))
    }

    @Test func `a clock set back, alerts and unknown acts are shown and are no tampering`() throws {
        var end = LogEnd.empty
        let acts: [AuditEntry] = [
            AuditEntry(.auditRead, by: site),
            AuditEntry(.checkpointRefuse, by: coordinator, outcome: .seriousFailure),
            AuditEntry(.auditRead, by: site),
        ]
        let leaves = try zip(acts, [5, 6, 1]).map { entry, time in
            try end.append(entry, to: "fed/log", at: TestLog.stamp(time)).leaf
        }
        let shown = verdict(leaves)
        #expect(shown.faults.isEmpty && shown.notes.clockSetBack == [2])
        #expect(shown.notes.alerts == [1])
        let text = String(decoding: leaves[0], as: UTF8.self)
        let newer = Array(text.replacing("audit.read", with: "audit.unheard").utf8)
        #expect(verdict([newer]).notes.unknownAct == 0)
    }

    @Test func `nothing is trained or sent at a site under a plan that it did not approve`() throws
    {
        let plan = AuditObject("plan", hash, sha256: hash)
        let approve = AuditEntry(.planApprove, by: AuditActor(.admin, "site-admin"), on: plan)
        let decline = AuditEntry(.planDecline, by: AuditActor(.admin, "site-admin"), on: plan)
        let train = AuditEntry(.trainingStart, by: site, on: plan, study: "run", round: 1)
        func send(_ kind: String) -> AuditEntry {
            AuditEntry(.egressSend, by: site, on: AuditObject("egress", "\(kind)/1"), study: hash)
        }
        #expect(try faults([send("fetch-plan"), approve, train, send("put-part")]).isEmpty)
        for entries in [
            [train], [send("put-part")], [approve, decline, send("contribute")],
            [approve, decline, train],
        ] {
            let found = try faults(entries)
            #expect(found.map(\.kind) == [.impossible])
            #expect(found.first?.sequence == Int64(entries.count - 1))
        }
    }

    @Test func `a round begins from the model before it, with sites that approved the plan`() throws
    {
        let (first, second) = (hash, String(repeating: "b", count: 64))
        let plan = AuditObject("plan", "p", sha256: String(repeating: "c", count: 64))
        func open(_ round: Int, _ model: String) -> AuditEntry {
            AuditEntry(
                .roundOpen,
                by: coordinator,
                on: AuditObject("model", "global", sha256: model),
                study: "run",
                round: round
            )
        }
        let start = [
            AuditEntry(.siteEnrol, by: AuditActor(.site, "a"), on: AuditObject("site", "a")),
            AuditEntry(.planSubmit, by: coordinator, on: plan, new: first),
            AuditEntry(.runCreate, by: coordinator, on: plan, study: "run"),
        ]
        let approve = AuditEntry(.planApprove, by: AuditActor(.site, "a"), on: plan)
        let update = AuditEntry(
            .roundUpdateAccept,
            by: AuditActor(.site, "a"),
            study: "run",
            round: 1
        )
        let publish = AuditEntry(
            .modelPublish,
            by: coordinator,
            on: AuditObject("model", "global", sha256: second),
            study: "run",
            round: 1
        )
        let good = start + [approve, open(1, first), update, publish, open(2, second)]
        #expect(try faults(good).isEmpty)
        for entries in [
            start + [approve, open(1, second)], start + [open(1, first), update],
            start + [approve, open(1, first), publish, open(2, first)],
        ] {
            let found = try faults(entries)
            #expect(found.map(\.kind) == [.impossible], "\(found)")
            #expect(found.first?.sequence == Int64(entries.count - 1))
        }
    }
}
