package import Foundation

/// Checks a bundle offline: records, tree, signatures, witnesses, and what was seen before.
package struct BundleVerifier: Sendable {
    private let trust: TrustedKeys
    private let seen: [SignedNote]
    private let witnessesMin: Int

    /// A verifier.
    ///
    /// - Parameters:
    ///   - trust: the keys of the log and of its witnesses.
    ///   - seen: checkpoints of this log that the reader kept from before.
    ///   - witnessesMin: how many witnesses must have cosigned the newest checkpoint.
    package init(trust: TrustedKeys, seen: [SignedNote] = [], witnessesMin: Int = 0) {
        self.trust = trust
        self.seen = seen
        self.witnessesMin = witnessesMin
    }

    /// Checks a bundle; what is wrong with it is in the verdict.
    package func verify(_ url: URL) -> BundleVerdict {
        do throws(AuditLogError) {
            var reader = try BundleReader(url)
            return try verify(&reader)
        } catch {
            var verdict = BundleVerdict(outcome: .unusable)
            verdict.remarks = ["the bundle cannot be read (\(error.code.rawValue) \(error.field))"]
            return verdict
        }
    }

    private func verify(_ reader: inout BundleReader) throws(AuditLogError) -> BundleVerdict {
        var verdict = BundleVerdict(outcome: .good, log: reader.log)
        let keys = trust.logKeys(of: reader.log)
        guard !keys.isEmpty else {
            verdict.outcome = .unusable
            verdict.remarks = ["no trusted key signs for the log \(reader.log)"]
            return verdict
        }
        var checkpoints = CheckpointCheck(log: reader.log, keys: keys)
        for note in reader.notes { checkpoints.add(note) }
        for note in seen { checkpoints.addSeen(note) }
        var records = RecordCheck(log: reader.log)
        checkpoints.note(size: 0, root: .empty)
        while let leaf = try reader.leaf() {
            records.add(leaf)
            checkpoints.note(size: records.frontier.size, root: records.frontier)
        }
        records.finish()
        checkpoints.finish(records: records.frontier.size)
        verdict.records = records.count
        verdict.period = records.period
        verdict.clockSetBack = records.clockSetBack
        verdict.faults = records.faults + checkpoints.faults
        verdict.signedSize = checkpoints.signedSize
        verdict.witnesses = checkpoints.newest.map(trust.witnesses(of:)) ?? []
        conclude(&verdict)
        return verdict
    }

    private func conclude(_ verdict: inout BundleVerdict) {
        if verdict.signedSize == 0 && verdict.faults.isEmpty {
            verdict.remarks.append("no checkpoint is signed by a trusted key")
        }
        if verdict.witnesses.count < witnessesMin {
            verdict.remarks.append(
                "\(verdict.witnesses.count) witnesses cosigned the newest checkpoint, "
                    + "\(witnessesMin) are asked for"
            )
        }
        if !verdict.faults.isEmpty {
            verdict.outcome = .tampered
        } else if !verdict.remarks.isEmpty {
            verdict.outcome = .incomplete
        }
    }
}
