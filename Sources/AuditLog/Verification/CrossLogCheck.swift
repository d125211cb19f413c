/// What two logs say of each other, against their trees.
struct CrossLogCheck {
    private let own: MerkleTree
    private let log: String

    init(_ verdict: BundleVerdict) {
        own = MerkleTree(verdict.leaves)
        log = verdict.log
    }

    /// Checks the sightings of both logs; what is wrong goes to the verdict of the first.
    func compare(with other: BundleVerdict, into verdict: inout BundleVerdict) {
        guard other.outcome == .good else {
            verdict.remarks.append(
                "the bundle of \(other.log.isEmpty ? "a peer" : other.log) is not good itself: "
                    + (other.faults.first?.description ?? other.remarks.first ?? "unknown")
            )
            return verdict.settle()
        }
        let tree = MerkleTree(other.leaves)
        let mine = verdict.notes.sightings.filter { $0.log == other.log }
        for seen in mine {
            judge(seen, against: tree, named: other.log, into: &verdict) {
                AuditFault(.contradicted, at: seen.sequence, reason: other.log)
            }
        }
        let theirs = other.notes.sightings.filter { $0.log == log }
        for seen in theirs {
            judge(seen, against: own, named: log, into: &verdict) {
                AuditFault(.forked, at: seen.size - 1)
            }
        }
        verdict.compared.append("\(other.log) (\(mine.count) sightings, \(theirs.count) back)")
        verdict.settle()
    }

    private func judge(
        _ seen: RecordNotes.Sighting,
        against tree: MerkleTree,
        named name: String,
        into verdict: inout BundleVerdict,
        fault: () -> AuditFault
    ) {
        guard seen.size <= tree.size else {
            verdict.remarks.append(
                "\(name) was seen with \(seen.size) records, its bundle has \(tree.size): "
                    + "take a newer one, or its end is missing"
            )
            return
        }
        if tree.root(size: Int(seen.size)).hex != seen.root { verdict.faults.append(fault()) }
    }
}
