import AuditLog
import Foundation
import Testing

/// The tampering table: what is done to a bundle, and the name it must get.
@Suite struct BundleTests {
    private let folder: URL
    private let signer: NoteSigner
    private let witness: NoteSigner
    private let leaves: [[UInt8]]

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        signer = try NoteSigner(
            name: "fed/log",
            kind: .log,
            seed: [UInt8](repeating: 5, count: 32)
        )
        witness = try NoteSigner(
            name: "site-a/witness",
            kind: .witness,
            seed: [UInt8](repeating: 6, count: 32)
        )
        leaves = try Self.history(40)
    }

    /// A history as a coordinator writes it: two sites, rounds with an update of each.
    private static func history(_ count: Int, salt: String = "a") throws -> [[UInt8]] {
        let coordinator = AuditActor(.coordinator, "coordinator")
        var entries = ["s0", "s1"].map { site in
            AuditEntry(.siteEnrol, by: coordinator, on: AuditObject("site", site))
        }
        var round = 0
        while entries.count < count {
            round += 1
            entries.append(AuditEntry(.roundOpen, by: coordinator, study: "run", round: round))
            for site in ["s0", "s1"] {
                entries.append(
                    AuditEntry(
                        .roundUpdateAccept,
                        by: AuditActor(.site, site),
                        study: "run",
                        round: round,
                        new: round > 3 ? salt : nil
                    )
                )
            }
            entries.append(AuditEntry(.roundClose, by: coordinator, study: "run", round: round))
        }
        return try TestLog.leaves(of: Array(entries.prefix(count)))
    }

    private func note(_ leaves: [[UInt8]], size: Int? = nil) throws -> SignedNote {
        let size = size ?? leaves.count
        let tree = MerkleTree(leaves.map(MerkleHash.leaf))
        var note = try Checkpoint(
            origin: "fed/log",
            size: Int64(size),
            root: tree.root(size: size)
        ).signed(by: signer)
        try note.cosign(with: witness, at: 1_790_000_000)
        return note
    }

    private func verify(
        _ leaves: [[UInt8]],
        notes: [SignedNote]? = nil,
        seen: [SignedNote] = [],
        witnesses: Int = 1
    ) throws -> BundleVerdict {
        let url = folder.appending(path: UUID().uuidString)
        var writer = try AuditBundle.Writer(
            to: url,
            log: "fed/log",
            checkpoints: (try notes ?? [note(self.leaves, size: 20), note(self.leaves)])
                .map(\.encoded)
        )
        for leaf in leaves { try writer.append(leaf) }
        try writer.finish()
        return BundleVerifier(
            trust: TrustedKeys([signer.key, witness.key]),
            seen: seen,
            witnessesMin: witnesses
        ).verify(url)
    }

    @Test func `an untouched bundle is good`() throws {
        let verdict = try verify(leaves, seen: [try note(leaves, size: 7)])
        #expect(verdict.outcome == .good, "\(verdict.text)")
        #expect(verdict.records == 40 && verdict.signedSize == 40)
        #expect(verdict.witnesses.map(\.name) == ["site-a/witness"])
        #expect(verdict.witnesses.map(\.time) == [1_790_000_000])
        #expect(verdict.text.hasPrefix("GOOD: fed/log\nrecords: 40, 2026-09-21T"))
    }

    @Test func `a flipped bit is named in every byte of a record`() throws {
        for number in [0, 1, 19, 20, 38, 39] {
            for byte in leaves[number].indices {
                var changed = leaves
                changed[number][byte] ^= 1
                let verdict = try verify(changed)
                #expect(verdict.outcome == .tampered)
                let fault = try #require(verdict.faults.first)
                let names: [AuditFault.Kind] = [
                    .altered, .malformed, .missing, .duplicated, .foreign, .rewritten, .brokenLink,
                    .impossible, .reordered,
                ]
                #expect(names.contains(fault.kind), "\(number).\(byte): \(fault)")
                // The last record has no successor: only the checkpoint shows it.
                let isNamed = fault.sequence == Int64(number) || fault.kind == .duplicated
                #expect(isNamed || number == 39, "\(number).\(byte): \(fault)")
            }
        }
    }

    @Test func `every tampering has its name`() throws {
        var table: [(String, AuditFault.Kind?, Int64, BundleVerdict)] = []
        var changed = leaves
        let text = String(decoding: leaves[9], as: UTF8.self)
        changed[9] = Array(text.replacing("\"study\":\"run\"", with: "\"study\":\"ruN\"").utf8)
        #expect(changed[9] != leaves[9])
        table.append(("flipped bit", .altered, 9, try verify(changed)))
        table.append(("deleted tail", .missingTail, 33, try verify(Array(leaves.prefix(33)))))
        changed = leaves
        changed.swapAt(12, 13)
        table.append(("reordered pair", .reordered, 12, try verify(changed)))
        changed = leaves
        changed.swapAt(12, 30)
        table.append(("records far apart swapped", .reordered, 12, try verify(changed)))
        changed = leaves
        changed.insert(leaves[12], at: 13)
        table.append(("duplicated number", .duplicated, 12, try verify(changed)))
        changed = leaves
        changed.remove(at: 12)
        table.append(("deleted record", .missing, 12, try verify(changed)))
        let fork = try Self.history(40, salt: "b")
        let forged = SignedNote(
            text: Checkpoint(
                origin: "fed/log",
                size: 40,
                root: MerkleTree(fork.map(MerkleHash.leaf)).root(size: 40)
            ).text
        )
        var replaced = forged
        for line in try note(leaves).signatures { replaced.add(line) }
        table.append(("replaced root", .replacedRoot, 39, try verify(leaves, notes: [replaced])))
        table.append(
            (
                "rewritten history", .rewritten, 20,
                try verify(
                    fork,
                    notes: [try note(fork, size: 20), try note(leaves)]
                )
            )
        )
        table.append(
            (
                "forked view", .forked, 39,
                try verify(
                    fork,
                    notes: [try note(fork)],
                    seen: [try note(leaves)]
                )
            )
        )
        table.append(
            (
                "two signed roots", .forked, 39,
                try verify(
                    leaves,
                    notes: [try note(leaves), try note(fork)]
                )
            )
        )
        table.append(
            (
                "shorter than seen", .missingTail, 30,
                try verify(
                    Array(leaves.prefix(30)),
                    notes: [try note(leaves, size: 30)],
                    seen: [try note(leaves)]
                )
            )
        )
        table.append(
            (
                "stripped signature", .unsigned, 39,
                try verify(
                    leaves,
                    notes: [SignedNote(text: try note(leaves).text)].map {
                        var note = $0
                        note.add(SignedNote.Signature(name: "x", keyID: [1, 2, 3, 4], bytes: [1]))
                        return note
                    }
                )
            )
        )
        table.append(
            (
                "shrinking checkpoints", .shrunk, 19,
                try verify(
                    leaves,
                    notes: [try note(leaves), try note(leaves, size: 20)]
                )
            )
        )
        for (name, kind, sequence, verdict) in table {
            #expect(verdict.outcome == .tampered, "\(name)")
            #expect(verdict.faults.first?.kind == kind, "\(name): \(verdict.text)")
            #expect(verdict.faults.first?.sequence == sequence, "\(name): \(verdict.text)")
        }
        #expect(table.count == 13)
    }

    @Test func `what could not have happened is named`() throws {
        let coordinator = AuditActor(.coordinator, "coordinator")
        func update(_ site: String) -> AuditEntry {
            AuditEntry(.roundUpdateAccept, by: AuditActor(.site, site), study: "r", round: 1)
        }
        let open = AuditEntry(.roundOpen, by: coordinator, study: "r", round: 1)
        let close = AuditEntry(.roundClose, by: coordinator, study: "r", round: 1)
        let admit = AuditEntry(.siteEnrol, by: coordinator, on: AuditObject("site", "a"))
        let revoke = AuditEntry(.siteRevoke, by: coordinator, on: AuditObject("site", "a"))
        for entries in [
            [admit, open, update("a"), update("a")], [admit, update("a")], [open, update("a")],
            [admit, open, close, update("a")], [admit, revoke, open, update("a")],
        ] {
            let leaves = try TestLog.leaves(of: entries)
            let verdict = try verify(leaves, notes: [try note(leaves)])
            #expect(verdict.faults.map(\.kind) == [.impossible])
            #expect(verdict.faults.first?.sequence == Int64(entries.count - 1))
        }
    }

    @Test func `what somebody revoked, not admitted or not granted could not have done is named`()
        throws
    {
        let chief = AuditActor(.operator, "operator")
        let lee = AuditObject("person", "lee")
        func entry(_ act: AuditAct, _ object: AuditObject, new: String? = nil) -> AuditEntry {
            AuditEntry(act, by: chief, on: object, new: new)
        }
        let read = AuditEntry(
            .auditRead,
            by: AuditActor(.auditor, "lee"),
            on: AuditObject("audit-log", "bundle")
        )
        let signIn = AuditEntry(.personSignIn, by: AuditActor(.auditor, "lee"), on: lee)
        let metrics = AuditEntry(.metricsAccept, by: AuditActor(.site, "a"), study: "r")
        let site = AuditObject("site", "a")
        let granted = [entry(.personInvite, lee), entry(.personGrant, lee, new: "federation")]
        for good in [granted + [read, signIn], [entry(.siteEnrol, site), metrics]] {
            let leaves = try TestLog.leaves(of: good)
            let verdict = try verify(leaves, notes: [try note(leaves)])
            #expect(verdict.outcome == .good, "\(verdict.text)")
        }
        for bad in [
            [entry(.personInvite, lee), read], granted + [entry(.personRevoke, lee), read],
            granted + [entry(.personRevoke, lee), signIn], [metrics],
            [entry(.siteEnrol, site), entry(.siteRevoke, site), entry(.certificateRenew, site)],
        ] {
            let leaves = try TestLog.leaves(of: bad)
            let verdict = try verify(leaves, notes: [try note(leaves)])
            #expect(verdict.faults.map(\.kind) == [.impossible], "\(verdict.text)")
        }
    }

    @Test func `incomplete and unusable input have their own exits`() throws {
        #expect(try verify(leaves, notes: []).outcome == .incomplete)
        #expect(try verify(leaves, witnesses: 2).outcome == .incomplete)
        let trust = TrustedKeys([witness.key])
        let nowhere = folder.appending(path: "none")
        #expect(BundleVerifier(trust: trust).verify(nowhere).outcome == .unusable)
        let text = folder.appending(path: "text")
        try Data("hello\n".utf8).write(to: text)
        #expect(BundleVerifier(trust: trust).verify(text).outcome == .unusable)
        let bundle = folder.appending(path: "bundle")
        var writer = try AuditBundle.Writer(to: bundle, log: "fed/log", checkpoints: [])
        try writer.finish()
        #expect(BundleVerifier(trust: trust).verify(bundle).outcome == .unusable)
        #expect(throws: AuditLogError.self) { try TrustedKeys(parsing: "# nothing\n") }
        let keys = try TrustedKeys(parsing: "# keys\n\(signer.key)\n\n\(witness.key)\n")
        #expect(keys.logKeys(of: "fed/log") == [signer.key])
    }

    @Test func `the scanner takes exactly the records that the reader takes`() throws {
        var entry = TestLog.entry(3)
        entry.correlation = "c"
        entry.reason = "w"
        entry.old = "o"
        entry.new = "n"
        entry.count = 4
        entry.sighting = AuditSighting(Checkpoint(origin: "x/y", size: 9, root: .empty))
        let leaf = try #require(try TestLog.leaves(of: [entry]).first)
        #expect(try AuditRecord(leaf: leaf).entry == entry)
        for place in leaf.indices {
            for byte in [leaf[place] ^ 1, 0x20, UInt8(ascii: "0"), 0xff] where byte != leaf[place] {
                var changed = leaf
                changed[place] = byte
                // An act of the list is not asked of the scanner; all else must agree.
                let taken = (try? AuditRecord(leaf: changed)) != nil
                let scanned = AuditBundle.isRecord(changed)
                #expect(scanned || !taken, "\(place)")
            }
        }
        #expect(AuditBundle.isRecord(leaf))
    }

    /// `FEDERATION_AUDIT_RECORDS=1000000` measures the bar itself.
    @Test func `a million records would be verified in ten seconds`() throws {
        let environment = ProcessInfo.processInfo.environment
        let count = environment["FEDERATION_AUDIT_RECORDS"].flatMap(Int.init) ?? 50_000
        let url = folder.appending(path: "large")
        var end = LogEnd.empty
        var frontier = MerkleFrontier()
        let stored = try (0..<count).map { number in
            let leaf = try end.append(
                AuditEntry(
                    .egressSend,
                    by: AuditActor(.site, "agent"),
                    on: AuditObject("part", "run/1/site-a/\(number)"),
                    study: "run",
                    round: 1,
                    count: number
                ),
                to: "fed/log",
                at: TestLog.stamp(number)
            ).leaf
            frontier.append(.leaf(leaf))
            return leaf
        }
        let note = try Checkpoint(origin: "fed/log", size: Int64(count), root: frontier.root)
            .signed(by: signer)
        var writer = try AuditBundle.Writer(to: url, log: "fed/log", checkpoints: [note.encoded])
        for leaf in stored { try writer.append(leaf) }
        try writer.finish()
        let start = ContinuousClock.now
        let verdict = BundleVerifier(trust: TrustedKeys([signer.key])).verify(url)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        #expect(verdict.outcome == .good)
        print("audit: \(count) records verified in \(seconds) s")
        // The bar of 10 s is for a release build on a machine of its own; others are slower.
        #if DEBUG
        let secondsAMillion = 400.0
        #else
        let secondsAMillion = 50.0
        #endif
        #expect(seconds < secondsAMillion * Double(count) / 1_000_000)
    }
}
