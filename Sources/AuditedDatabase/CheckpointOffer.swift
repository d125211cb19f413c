package import AuditLog

/// A checkpoint of the other party on offer, with what it takes to accept it.
package struct CheckpointOffer: Sendable, Hashable {
    /// Signs the other party's log.
    package let logKey: NoteKey
    /// Cosigns as the other party.
    package let witnessKey: NoteKey
    /// The checkpoint.
    package let note: SignedNote
    /// The size from which the proof leads to the checkpoint; 0 without a proof.
    package let provenFrom: Int64
    /// That the checkpoint continues the log as it was at that size.
    package let proof: [MerkleHash]

    /// An offer.
    package init(
        logKey: NoteKey,
        witnessKey: NoteKey,
        note: SignedNote,
        provenFrom: Int64,
        proof: [MerkleHash]
    ) {
        self.logKey = logKey
        self.witnessKey = witnessKey
        self.note = note
        self.provenFrom = provenFrom
        self.proof = proof
    }
}
