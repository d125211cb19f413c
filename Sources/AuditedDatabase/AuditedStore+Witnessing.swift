package import AuditLog
import GRDB

extension AuditedStore {
    /// Verifies a checkpoint of another party's log from the last one stored here, stores it and
    /// cosigns it; a fork or a shrunken log is refused and recorded, once.
    package func witness(
        _ party: String,
        _ offer: CheckpointOffer,
        cosigner: NoteSigner
    ) async throws -> WitnessAnswer {
        try await change { change in
            var witness =
                try WitnessedParty.find(party, change.database) ?? change.pin(party, offer)
            switch witness.judge(offer) {
            case .needsProof(let size): return .needsProof(from: size)
            case .refused(let refusal):
                return .refused(try change.refuse(refusal, of: offer.note, &witness))
            case .accepted(let checkpoint), .acceptedRotation(let checkpoint):
                try change.follow(offer.logKey, &witness)
                try change.store(checkpoint, offer.note, &witness)
                var cosigned = offer.note
                try cosigned.cosign(with: cosigner, at: UInt64(change.now / 1000))
                return .accepted(cosigned)
            }
        }
    }

    /// Takes a party's cosignature of a checkpoint of our log.
    ///
    /// - Returns: An alarm where the checkpoint bears our signature and is not of our log as it is.
    package func takeCosignature(
        _ note: SignedNote,
        from party: String
    ) async throws -> WitnessAlarm? {
        try await change { change in
            guard var witness = try WitnessedParty.find(party, change.database) else { return nil }
            if let refusal = try change.contradiction(of: note) {
                return try change.refuse(refusal, ofOwn: note, shownBy: &witness)
            }
            let size = try CheckpointTable.add(note, by: witness.witnessKey, change.database)
            guard let size, size > witness.cosigned else { return nil }
            witness.cosigned = size
            try witness.save(change.database)
            return nil
        }
    }

    /// Records that a party refused our log at a size.
    package func recordOwnRefusal(by party: String, size: Int64) async throws {
        try await change { try $0.recordOwnRefusal(by: party, size: size) }
    }

    /// Remembers up to which size a party has stored our log.
    package func note(stored size: Int64, by party: String) async throws {
        try await change { change in
            guard var witness = try WitnessedParty.find(party, change.database),
                witness.stored != size
            else { return }
            witness.stored = size
            try witness.save(change.database)
        }
    }

    /// Whom this party witnesses or is witnessed by, ascending by name.
    package func witnessedParties() async throws -> [WitnessedParty] {
        try await read { try WitnessedParty.all($0) }
    }

    /// What is remembered of one party; nil before the first exchange.
    package func witnessedParty(_ party: String) async throws -> WitnessedParty? {
        try await read { try WitnessedParty.find(party, $0) }
    }

    /// Forgets what was seen of a party's log, so that its present history is taken as the first.
    ///
    /// - Returns: Whether anything was remembered.
    package func forgetWitnessed(_ party: String, by actor: AuditActor) async throws -> Bool {
        try await change { change in
            guard let witness = try WitnessedParty.find(party, change.database) else {
                return false
            }
            try change.execute("DELETE FROM auditWitness WHERE party = ?", [party])
            try change.audit(
                AuditEntry(
                    .witnessForget,
                    by: actor,
                    on: AuditObject("witness", party, sha256: witness.checkpoint?.root.hex),
                    old: witness.logKey?.description,
                    count: witness.checkpoint.map { Int($0.size) }
                )
            )
            return true
        }
    }
}
