package import AuditLog
import AuditedDatabase
import Identity
package import Logging
package import SiteStore
import WireProtocol

/// Witnesses the coordinator's log and has the site's witnessed (Protocol.md section 5.11).
package struct CoordinatorWitness: Sendable {
    /// The coordinator's name in the site's database.
    package static let party = "coordinator"

    private let store: SiteStore
    private let client: CoordinatorClient
    private let cosigner: NoteSigner
    /// Follows the roots that come with the coordinator's checkpoints.
    let renewer: CertificateRenewer

    /// The witness of an enrolled site.
    package init(
        folder: SiteFolder,
        store: SiteStore,
        client: CoordinatorClient,
        cosigner: NoteSigner,
        logger: Logger
    ) {
        self.store = store
        self.client = client
        self.cosigner = cosigner
        renewer = CertificateRenewer(
            folder: folder,
            store: store,
            client: client,
            logger: logger
        )
    }

    /// Exchanges checkpoints once.
    ///
    /// - Throws: ``AgentError`` `refusedByPolicy` where the coordinator's history is older or another
    ///   one than this site saw, or the coordinator says that of the site's.
    package func exchange() async throws {
        try await store.signAudit()
        guard let own = try await store.newestCheckpoint() else { return }
        // The second time the proof begins where the coordinator said.
        for _ in 0..<2 {
            let known = try await store.witnessedParty(Self.party)
            let reply = try await send(own, known)
            try await take(reply, known)
            try await store.note(stored: reply.stored, by: Self.party)
            if let text = reply.cosigned { try await keep(text) }
            guard reply.isAccepted else { continue }
            return try await followRoots(of: reply)
        }
        throw AgentError(.tryAgain, "the coordinator does not take this site's checkpoint")
    }

    /// A root that nobody here vouches for is not gone by, and people are told.
    private func followRoots(of reply: CheckpointReply) async throws {
        do {
            try await renewer.follow(reply.rootAnnouncement, accepted: reply.roots)
        } catch let error as IdentityError {
            throw AgentError(
                .refusedByPolicy,
                error.message,
                hint: "do not go on before the operator has confirmed it on another way; then ask"
                    + " for a new invite and run `fedagent enroll <invite>`"
            )
        }
    }

    /// Exchanges every minute until the task is cancelled.
    func run() async throws {
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(60))
            do {
                try await exchange()
            } catch let error as AgentError where error.code != .refusedByPolicy {
                // A coordinator that is away is the work loop's matter.
                continue
            }
        }
    }

    private func send(_ own: SignedNote, _ known: WitnessedParty?) async throws -> CheckpointReply {
        guard let signer = store.database.signer else {
            throw AgentError(.badConfiguration, "the audit log cannot be signed")
        }
        let size = try Checkpoint(parsing: own.text).size
        let stored = min(known?.stored ?? 0, size)
        let proof =
            stored > 0 ? try await store.consistencyProof(from: stored, to: size) ?? [] : []
        var cosigned = known?.note
        let time = UInt64((known?.noteMilliseconds ?? 0) / 1000)
        try cosigned?.cosign(with: cosigner, at: time)
        let report = CheckpointReport(
            keys: AuditKeys(log: signer.key.description, witness: cosigner.key.description),
            checkpoint: own.string,
            provenFrom: stored,
            proof: proof.map(\.hex),
            seen: known?.checkpoint?.size ?? 0,
            cosigned: cosigned?.string
        )
        do {
            return try await client.exchange(report)
        } catch let error as AgentError where error.code == .refusedByPolicy {
            try await store.recordOwnRefusal(by: Self.party, size: size)
            throw error
        }
    }

    /// Accepts the coordinator's checkpoint and compares it with what other sites cosigned.
    private func take(_ reply: CheckpointReply, _ known: WitnessedParty?) async throws {
        guard let text = reply.checkpoint else {
            guard let known, let seen = known.checkpoint else { return }
            let alarm = WitnessAlarm(
                .olderHistory,
                of: .party(Self.party),
                seen: seen,
                at: known.noteMilliseconds,
                isNew: true
            )
            throw refusal(alarm)
        }
        let offer = CheckpointOffer(
            logKey: try NoteKey(parsing: reply.keys.log, kind: .log),
            witnessKey: try NoteKey(parsing: reply.keys.witness, kind: .witness),
            note: try SignedNote(parsing: Array(text.utf8)),
            provenFrom: reply.provenFrom,
            proof: try MerkleHash.list(hex: reply.proof)
        )
        switch try await store.witness(Self.party, offer, cosigner: cosigner) {
        case .accepted: break
        case .needsProof: return
        case .refused(let alarm): throw refusal(alarm)
        }
        let others = try reply.witnessed.map { entry in
            CosignedCheckpoint(
                witnesses: try entry.keys.map { try NoteKey(parsing: $0, kind: .witness) },
                note: try SignedNote(parsing: Array(entry.checkpoint.utf8)),
                proof: try MerkleHash.list(hex: entry.proof)
            )
        }
        if let alarm = try await store.compare(others, with: Self.party) { throw refusal(alarm) }
    }

    /// Keeps the coordinator's cosignature of our checkpoint.
    private func keep(_ text: String) async throws {
        let note = try SignedNote(parsing: Array(text.utf8))
        if let alarm = try await store.takeCosignature(note, from: Self.party) {
            throw refusal(alarm)
        }
    }

    private func refusal(_ alarm: WitnessAlarm) -> AgentError {
        AgentError(
            .refusedByPolicy,
            alarm.text(me: "this site"),
            hint: "ask the operator; `fedagent audit witnesses` shows what was seen, and once the"
                + " reason is known `fedagent audit forget coordinator` lets this site go on"
        )
    }
}
