import AuditLog
import Testing

@Suite struct AuditVerificationTests {
    let leaves: [StoredAuditLeaf]
    let head: AuditHead

    init() throws {
        leaves = try TestLog.leaves(10)
        head = AuditHead(size: 10, hash: leaves[9].hash)
    }

    func fault(_ leaves: [StoredAuditLeaf], known: AuditHead? = nil) -> AuditFault? {
        do throws(AuditFault) {
            _ = try AuditVerification.verify(leaves, log: "coordinator", known: known)
            return nil
        } catch {
            return error
        }
    }

    @Test func `an untouched log is intact and ends where its chain ended`() throws {
        let verdict = try AuditVerification.verify(leaves, log: "coordinator", known: head)
        #expect(verdict.head == head && verdict.clockSetBack.isEmpty)
        #expect(try AuditVerification.verify([]).head == .empty)
    }

    @Test func `a flipped bit is found in every byte of a leaf and named`() {
        for number in [0, 4, 9] {
            for byte in leaves[number].leaf.indices {
                var changed = leaves
                changed[number].leaf[byte] ^= 0x04
                #expect(fault(changed) == AuditFault(.altered, at: Int64(number)))
            }
        }
    }

    @Test func `a flipped bit with a corrected hash breaks the link after it`() throws {
        var changed = leaves
        let text = String(decoding: changed[4].leaf, as: UTF8.self)
        changed[4].leaf = Array(text.replacing("site-1", with: "site-2").utf8)
        #expect(changed[4].leaf != leaves[4].leaf)
        changed[4].hash = LeafHash.of(changed[4].leaf)
        #expect(fault(changed) == AuditFault(.brokenLink, at: 5))
    }

    @Test func `a deleted row is named`() {
        for number in 0..<9 {
            var changed = leaves
            changed.remove(at: number)
            #expect(fault(changed) == AuditFault(.missing, at: Int64(number)))
        }
    }

    @Test func `a deleted row hidden by new numbers is found`() {
        var changed = leaves
        changed.remove(at: 4)
        for number in 4..<9 { changed[number].sequence = Int64(number) }
        #expect(fault(changed) == AuditFault(.reordered, at: 4))
    }

    @Test func `a deleted tail is found with a head from before, and named`() {
        #expect(fault(Array(leaves.prefix(7)), known: head) == AuditFault(.missingTail, at: 7))
        #expect(fault([], known: head) == AuditFault(.missingTail, at: 0))
        #expect(fault(Array(leaves.prefix(7))) == nil)
    }

    @Test func `a reordered pair is named`() {
        var changed = leaves
        changed.swapAt(3, 4)
        #expect(fault(changed) == AuditFault(.missing, at: 3))
        changed[3].sequence = 3
        changed[4].sequence = 4
        #expect(fault(changed) == AuditFault(.reordered, at: 3))
    }

    @Test func `a duplicated record is named`() {
        var changed = leaves
        changed.insert(leaves[5], at: 6)
        #expect(fault(changed) == AuditFault(.duplicated, at: 5))
    }

    @Test func `a log rewritten as a whole is found with a head from before`() throws {
        var chain = AuditChain(log: "coordinator")
        let forged = try (0..<12).map {
            try chain.append(TestLog.entry($0 == 2 ? 9 : $0), at: TestLog.stamp($0))
        }
        #expect(fault(forged) == nil)
        #expect(fault(forged, known: head) == AuditFault(.forked, at: 9))
    }

    @Test func `a record of another log, or with an unknown act, is named`() throws {
        var chain = AuditChain(log: "site")
        let foreign = try chain.append(TestLog.entry(0), at: TestLog.stamp(0))
        #expect(fault([foreign]) == AuditFault(.foreign, at: 0))
        var changed = leaves[0]
        let text = String(decoding: changed.leaf, as: UTF8.self)
        changed.leaf = Array(text.replacing("round.update.accept", with: "round.dance").utf8)
        changed.hash = LeafHash.of(changed.leaf)
        #expect(fault([changed]) == AuditFault(.malformed, at: 0))
    }

    @Test func `a clock that was set back is shown, a restart is not`() throws {
        var chain = AuditChain(log: "coordinator")
        let stamps = [
            TestLog.stamp(5), TestLog.stamp(3), TestLog.stamp(4),
            TestLog.stamp(1, boot: "00000000000000bb"),
        ]
        let leaves = try stamps.map { try chain.append(TestLog.entry(1), at: $0) }
        #expect(try AuditVerification.verify(leaves).clockSetBack == [1])
    }
}
