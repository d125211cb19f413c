/// What one party remembers of the other's log, and the rule by which it goes along with it.
///
/// Sites witness the coordinator and the coordinator its sites: with each heartbeat travel the
/// newest checkpoint and the proof that it continues the one remembered here.
package struct WitnessedLog: Sendable, Hashable {
    /// Why a checkpoint is not accepted; all but the first are alarms.
    package enum Refusal: String, Error, Sendable, Hashable, CaseIterable {
        /// Not a checkpoint of this log, or not signed by its key.
        case notSigned = "not-signed"
        /// The log is shorter than it was: an older history, as after restoring a backup.
        case olderHistory = "older-history"
        /// The log does not continue what was seen: it was rewritten, or shows two views.
        case forked = "forked"
        /// Another party was shown a history that is not this one.
        case splitView = "split-view"
        /// Signed, but with another key than at the first time.
        case otherKey = "other-key"
    }

    /// The key under which the log signs.
    package let key: NoteKey
    /// The newest checkpoint that was accepted; nil before the first.
    package private(set) var last: Checkpoint?

    /// What is remembered of the log that signs with this key.
    package init(key: NoteKey, last: Checkpoint? = nil) {
        precondition(key.kind == .log, "a witness has no log")
        self.key = key
        self.last = last
    }

    /// Accepts a checkpoint that continues the remembered one, and remembers it instead.
    ///
    /// The first checkpoint needs no proof. The caller stores `last` before it cosigns.
    package mutating func accept(
        _ note: SignedNote,
        proof: [MerkleHash]
    ) throws(Refusal) -> Checkpoint {
        guard note.isSigned(by: key), let checkpoint = try? Checkpoint(parsing: note.text),
            checkpoint.origin == key.name
        else { throw .notSigned }
        if let last, last.size > 0 {
            guard checkpoint.size >= last.size else { throw .olderHistory }
            guard
                MerkleProof.verifiesConsistency(
                    oldSize: last.size,
                    oldRoot: last.root,
                    newSize: checkpoint.size,
                    newRoot: checkpoint.root,
                    proof: proof
                )
            else { throw .forked }
        }
        last = checkpoint
        return checkpoint
    }

    /// Compares a copy that another party got; throws `splitView` if both cannot be of one log.
    ///
    /// The other copy is of the same size, or the proof leads from the smaller to the larger.
    package func compare(
        _ note: SignedNote,
        proof: [MerkleHash]
    ) throws(Refusal) {
        guard note.isSigned(by: key), let other = try? Checkpoint(parsing: note.text),
            other.origin == key.name
        else { throw .notSigned }
        guard let last, last.size > 0, other.size > 0 else { return }
        let (old, new) = last.size <= other.size ? (last, other) : (other, last)
        guard
            MerkleProof.verifiesConsistency(
                oldSize: old.size,
                oldRoot: old.root,
                newSize: new.size,
                newRoot: new.root,
                proof: proof
            )
        else { throw .splitView }
    }
}
