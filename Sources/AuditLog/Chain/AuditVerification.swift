/// Checks a log record by record and names the first that is wrong.
///
/// What it cannot show: a log rewritten as a whole by its owner, unless a head from before is
/// given; acts that were never recorded; the truth of what was recorded.
package struct AuditVerification {
    private let log: String?
    private let known: AuditHead?
    private var head = AuditHead.empty
    private var firstLog: String?
    private var last: AuditStamp?
    private var clockSetBack: [Int64] = []

    /// A verification from the first record on.
    ///
    /// - Parameters:
    ///   - log: the name every record must bear; nil takes the one of the first record.
    ///   - known: a head of this log that the verifier remembers from before.
    package init(log: String? = nil, known: AuditHead? = nil) {
        self.log = log
        self.known = known
    }

    /// Checks a whole log.
    package static func verify(
        _ leaves: some Sequence<StoredAuditLeaf>,
        log: String? = nil,
        known: AuditHead? = nil
    ) throws(AuditFault) -> AuditVerdict {
        var verification = AuditVerification(log: log, known: known)
        var iterator = leaves.makeIterator()
        while let leaf = iterator.next() { try verification.check(leaf) }
        return try verification.finish()
    }

    /// Checks the next record.
    package mutating func check(_ stored: StoredAuditLeaf) throws(AuditFault) {
        let expected = head.size
        guard stored.sequence <= expected else { throw AuditFault(.missing, at: expected) }
        guard stored.sequence == expected else {
            throw AuditFault(.duplicated, at: stored.sequence)
        }
        guard LeafHash.of(stored.leaf) == stored.hash else {
            throw AuditFault(.altered, at: expected)
        }
        let record: AuditRecord
        do throws(AuditLogError) {
            record = try AuditRecord(leaf: stored.leaf)
        } catch {
            throw AuditFault(.malformed, at: expected)
        }
        guard record.sequence == expected else { throw AuditFault(.reordered, at: expected) }
        guard record.previous == head.hash else { throw AuditFault(.brokenLink, at: expected) }
        if let log = log ?? firstLog, record.log != log { throw AuditFault(.foreign, at: expected) }
        firstLog = record.log
        noteTime(record)
        head = AuditHead(size: expected + 1, hash: stored.hash)
        guard known?.size != head.size || known == head else {
            throw AuditFault(.forked, at: expected)
        }
    }

    /// Ends the verification.
    package func finish() throws(AuditFault) -> AuditVerdict {
        if let known, known.size > head.size { throw AuditFault(.missingTail, at: head.size) }
        return AuditVerdict(head: head, clockSetBack: clockSetBack)
    }

    private mutating func noteTime(_ record: AuditRecord) {
        if let last, last.boot == record.stamp.boot,
            record.stamp.milliseconds < last.milliseconds
        {
            clockSetBack.append(record.sequence)
        }
        last = record.stamp
    }
}
