/// The verification of one log, record by record, with memory that does not grow with the log.
package struct LogVerification: Sendable {
    private let trust: TrustedKeys
    private let witnessesMin: Int
    private var checkpoints: CheckpointCheck
    private var records: RecordCheck
    private var verdict: BundleVerdict
    private var leaves: [MerkleHash] = []

    /// Whether leaf hashes are kept, 32 bytes a record, to compare the log with another one.
    var keepsLeaves = false

    init(
        log: String,
        notes: [[UInt8]],
        trust: TrustedKeys,
        seen: [SignedNote],
        _ witnessesMin: Int
    ) {
        self.trust = trust
        self.witnessesMin = witnessesMin
        let keys = trust.logKeys(of: log)
        verdict = BundleVerdict(outcome: .good, log: log)
        if keys.isEmpty {
            verdict.outcome = .unusable
            verdict.remarks = ["no trusted key signs for the log \(log)"]
        }
        checkpoints = CheckpointCheck(log: log, keys: keys)
        for note in notes { checkpoints.add(note) }
        for note in seen { checkpoints.addSeen(note) }
        records = RecordCheck(log: log)
        checkpoints.note(size: 0, root: .empty)
    }

    /// Takes the next record, and the hash under which a database keeps it.
    package mutating func add(_ leaf: [UInt8], storedHash: MerkleHash? = nil) {
        records.add(leaf, storedHash: storedHash)
        if keepsLeaves { leaves.append(.leaf(leaf)) }
        checkpoints.note(size: records.count, root: records.frontier)
    }

    /// Ends the records and says what the log shows.
    package mutating func finish() -> BundleVerdict {
        records.finish()
        verdict.faults = records.faults
        guard verdict.outcome != .unusable else {
            // Without a key nothing is proven; what is broken in itself is still named.
            if !verdict.faults.isEmpty { verdict.outcome = .tampered }
            return described()
        }
        checkpoints.finish(records: records.count, keyChanges: records.notes.keyChanges)
        verdict.faults += checkpoints.faults
        verdict.signedSize = checkpoints.signedSize
        verdict.checkpoints = checkpoints.right
        verdict.witnesses = checkpoints.newest.map(trust.witnesses(of:)) ?? []
        conclude()
        return described()
    }

    private func described() -> BundleVerdict {
        var verdict = verdict
        verdict.records = records.count
        verdict.notes = records.notes
        verdict.leaves = leaves
        return verdict
    }

    private mutating func conclude() {
        if verdict.signedSize == 0 && verdict.faults.isEmpty {
            verdict.remarks.append("no checkpoint is signed by a trusted key")
        }
        if let place = records.notes.unknownAct {
            verdict.remarks.append(
                "record \(place) has an act that this version does not know: verify with a newer one"
            )
        }
        if verdict.witnesses.count < witnessesMin {
            verdict.remarks.append(
                "\(verdict.witnesses.count) witnesses cosigned the newest checkpoint, "
                    + "\(witnessesMin) are asked for"
            )
        }
        verdict.settle()
    }
}
