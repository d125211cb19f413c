/// The checkpoints of a bundle, and those a reader kept, against the tree of its records.
struct CheckpointCheck {
    private struct Known {
        let checkpoint: Checkpoint
        let note: SignedNote
        let isFromBefore: Bool
        var isSigned = false
        var computed: MerkleHash?
    }

    private let log: String
    private let trusted: [NoteKey]
    private var known: [Known] = []
    private var sizes: Set<Int64> = []
    private var lastSize: Int64 = 0

    /// What is wrong, in the order found.
    private(set) var faults: [AuditFault] = []
    /// The largest size whose root is signed and right.
    private(set) var signedSize: Int64 = 0
    /// The checkpoints that are signed and right, by size.
    private(set) var right: [BundleVerdict.CheckpointText] = []
    /// The newest checkpoint of the bundle that the log signed.
    private(set) var newest: SignedNote?

    init(log: String, keys: [NoteKey]) {
        self.log = log
        trusted = keys
    }

    /// Takes a checkpoint of the bundle.
    mutating func add(_ bytes: [UInt8]) {
        guard let note = try? SignedNote(parsing: bytes),
            let checkpoint = try? Checkpoint(parsing: note.text)
        else {
            faults.append(AuditFault(.malformed, at: lastSize))
            return
        }
        guard checkpoint.origin == log else {
            faults.append(AuditFault(.foreign, at: checkpoint.size - 1))
            return
        }
        if checkpoint.size < lastSize {
            faults.append(AuditFault(.shrunk, at: checkpoint.size - 1))
        }
        lastSize = max(lastSize, checkpoint.size)
        remember(checkpoint, note, isFromBefore: false)
    }

    /// Takes a checkpoint that the reader kept; one that the log did not sign proves nothing.
    mutating func addSeen(_ note: SignedNote) {
        guard let checkpoint = try? Checkpoint(parsing: note.text), checkpoint.origin == log else {
            return
        }
        remember(checkpoint, note, isFromBefore: true)
    }

    private mutating func remember(
        _ checkpoint: Checkpoint,
        _ note: SignedNote,
        isFromBefore: Bool
    ) {
        sizes.insert(checkpoint.size)
        known.append(Known(checkpoint: checkpoint, note: note, isFromBefore: isFromBefore))
    }

    /// Takes the root at a size, computed only where a checkpoint has this size.
    mutating func note(size: Int64, root: @autoclosure () -> MerkleHash) {
        guard sizes.contains(size) else { return }
        let root = root()
        for index in known.indices where known[index].checkpoint.size == size {
            known[index].computed = root
        }
    }

    /// Takes the tree as it is after a record.
    mutating func note(size: Int64, root frontier: MerkleFrontier) {
        note(size: size, root: frontier.root)
    }

    /// Judges all checkpoints once the records, and with them the changes of the log's key, are known.
    mutating func finish(records: Int64, keyChanges: [RecordNotes.KeyChange]) {
        var keys = LogKeys(trusted: trusted, changes: keyChanges)
        for entry in known where entry.computed == entry.checkpoint.root {
            keys.note(entry.note, size: entry.checkpoint.size)
        }
        if let sequence = keys.wrongChange {
            faults.append(
                AuditFault(
                    .impossible,
                    at: sequence,
                    reason: "it replaces a key that is not the log's"
                )
            )
        }
        for index in known.indices {
            known[index].isSigned = keys.sign(known[index].note, size: known[index].checkpoint.size)
        }
        known.removeAll { $0.isFromBefore && !$0.isSigned }
        newest = known.last { $0.isSigned && !$0.isFromBefore }?.note
        for entry in known.sorted(by: { $0.checkpoint.size < $1.checkpoint.size }) {
            judge(entry, records: records)
        }
    }

    private mutating func judge(_ entry: Known, records: Int64) {
        let last = entry.checkpoint.size - 1
        guard entry.isSigned else {
            let isRight = entry.computed == entry.checkpoint.root
            faults.append(AuditFault(isRight ? .unsigned : .replacedRoot, at: last))
            return
        }
        guard let computed = entry.computed else {
            faults.append(AuditFault(.missingTail, at: records))
            return
        }
        guard computed == entry.checkpoint.root else {
            let isForked = entry.isFromBefore || hasSignedTwin(of: entry)
            faults.append(
                isForked ? AuditFault(.forked, at: last) : AuditFault(.rewritten, at: signedSize)
            )
            return
        }
        signedSize = max(signedSize, entry.checkpoint.size)
        right.append(
            BundleVerdict.CheckpointText(
                size: entry.checkpoint.size,
                textSHA256: entry.note.textSHA256
            )
        )
    }

    /// Whether the log's key signed another root for the same size: proof by its own hand.
    private func hasSignedTwin(of entry: Known) -> Bool {
        known.contains {
            $0.isSigned && $0.checkpoint.size == entry.checkpoint.size
                && $0.checkpoint.root != entry.checkpoint.root
        }
    }
}
