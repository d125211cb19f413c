/// The keys of a party's log and of its cosignatures, as C2SP `signed-note` texts.
package struct AuditKeys: Sendable, Hashable, Codable {
    /// Signs the log.
    package let log: String
    /// Cosigns the other's log.
    package let witness: String

    /// Two keys.
    package init(log: String, witness: String) {
        self.log = log
        self.witness = witness
    }
}

/// A site's newest checkpoint, and what it has of the coordinator's log (Protocol.md section 5.11).
package struct CheckpointReport: Sendable, Hashable, Codable {
    /// The site's keys.
    package let keys: AuditKeys
    /// The newest checkpoint of the site's log, a signed note.
    package let checkpoint: String
    /// The size from which the proof leads to it; 0 without a proof.
    package let provenFrom: Int64
    /// The consistency proof, hashes of 64 hexadecimal digits.
    package let proof: [String]
    /// The size of the coordinator's log that the site has stored; 0 if none.
    package let seen: Int64
    /// That checkpoint with the site's cosignature.
    package let cosigned: String?

    /// Makes a report.
    package init(
        keys: AuditKeys,
        checkpoint: String,
        provenFrom: Int64,
        proof: [String],
        seen: Int64,
        cosigned: String?
    ) {
        self.keys = keys
        self.checkpoint = checkpoint
        self.provenFrom = provenFrom
        self.proof = proof
        self.seen = seen
        self.cosigned = cosigned
    }
}
