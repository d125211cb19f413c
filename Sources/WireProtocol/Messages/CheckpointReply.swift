/// The coordinator's newest checkpoint, its cosignature of the site's, and the cosignatures of
/// other sites (Protocol.md section 5.11).
package struct CheckpointReply: Sendable, Hashable, Codable {
    /// A checkpoint that other sites cosigned.
    package struct Witnessed: Sendable, Hashable, Codable {
        /// The keys of those who cosigned it.
        package let keys: [String]
        /// The checkpoint with their cosignatures, a signed note.
        package let checkpoint: String
        /// That the reply's checkpoint continues it.
        package let proof: [String]

        /// Makes an entry.
        package init(keys: [String], checkpoint: String, proof: [String]) {
            self.keys = keys
            self.checkpoint = checkpoint
            self.proof = proof
        }
    }

    /// The coordinator's keys.
    package let keys: AuditKeys
    /// Whether the site's checkpoint is stored; if not, the proof must begin at `stored`.
    package let isAccepted: Bool
    /// The size of the site's log that the coordinator has stored.
    package let stored: Int64
    /// The site's checkpoint with the coordinator's cosignature.
    package let cosigned: String?
    /// The newest checkpoint of the coordinator's log, a signed note; nil if there is none yet.
    package let checkpoint: String?
    /// The size from which the proof leads to it; 0 without a proof.
    package let provenFrom: Int64
    /// The consistency proof, hashes of 64 hexadecimal digits.
    package let proof: [String]
    /// What other sites cosigned.
    package let witnessed: [Witnessed]
    /// SHA-256 over the SubjectPublicKeyInfo of each root that the coordinator goes by, the newest first.
    package let roots: [String]?
    /// The newest root, while the one before it is still gone by.
    package let rootAnnouncement: RootAnnouncement?

    /// Makes a reply.
    package init(
        keys: AuditKeys,
        isAccepted: Bool,
        stored: Int64,
        cosigned: String?,
        checkpoint: String?,
        provenFrom: Int64,
        proof: [String],
        witnessed: [Witnessed],
        roots: [String]? = nil,
        rootAnnouncement: RootAnnouncement? = nil
    ) {
        self.keys = keys
        self.isAccepted = isAccepted
        self.stored = stored
        self.cosigned = cosigned
        self.checkpoint = checkpoint
        self.provenFrom = provenFrom
        self.proof = proof
        self.witnessed = witnessed
        self.roots = roots
        self.rootAnnouncement = rootAnnouncement
    }
}
