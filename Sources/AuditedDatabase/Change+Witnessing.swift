import AuditLog

extension Change {
    /// Remembers the keys a party came with first; later ones must be the same.
    func pin(_ party: String, _ offer: CheckpointOffer) throws -> WitnessedParty {
        let witness = WitnessedParty(
            party: party,
            logKey: offer.logKey,
            witnessKey: offer.witnessKey
        )
        try witness.save(database)
        try audit(
            AuditEntry(
                .witnessPin,
                by: actor(party),
                on: AuditObject("log", offer.logKey.name),
                old: offer.witnessKey.description,
                new: offer.logKey.description
            )
        )
        return witness
    }

    /// Goes over to the key of a log that the one known so far vouched for; the same key changes nothing.
    func follow(_ key: NoteKey, _ witness: inout WitnessedParty) throws {
        guard let old = witness.logKey, old != key else { return }
        witness.logKey = key
        try witness.save(database)
        try audit(
            AuditEntry(
                .witnessPin,
                by: actor(witness.party),
                on: AuditObject("log", key.name),
                reason: "rotated",
                old: old.description,
                new: key.description
            )
        )
    }

    /// Stores an accepted checkpoint, with a record if it is a newer one.
    func store(
        _ checkpoint: Checkpoint,
        _ note: SignedNote,
        _ witness: inout WitnessedParty
    ) throws {
        let isNewer = checkpoint.size > (witness.checkpoint?.size ?? 0)
        guard isNewer || witness.refusal != nil else { return }
        (witness.note, witness.noteMilliseconds, witness.refusal) = (note, now, nil)
        try witness.save(database)
        guard isNewer else { return }
        try audit(
            AuditEntry(
                .checkpointAccept,
                by: actor(witness.party),
                on: AuditObject("log", checkpoint.origin),
                sighting: AuditSighting(checkpoint)
            )
        )
    }

    /// Records that a party's checkpoint is not gone along with; the same again is not recorded.
    func refuse(
        _ refusal: WitnessedLog.Refusal,
        of note: SignedNote,
        _ witness: inout WitnessedParty
    ) throws -> WitnessAlarm {
        let offered = try? Checkpoint(parsing: note.text)
        return WitnessAlarm(
            refusal,
            of: .party(witness.party),
            seen: witness.checkpoint,
            at: witness.noteMilliseconds,
            isNew: try record(refusal, prefix: "", offered, before: witness.checkpoint, &witness)
        )
    }

    /// Records that a party showed a checkpoint of ours that our log does not have.
    func refuse(
        _ refusal: WitnessedLog.Refusal,
        ofOwn note: SignedNote,
        shownBy witness: inout WitnessedParty
    ) throws -> WitnessAlarm {
        let shown = try? Checkpoint(parsing: note.text)
        let time = note.cosignatureTime(by: witness.witnessKey).map { Int64($0) * 1000 }
        return WitnessAlarm(
            refusal,
            of: .own(shownBy: witness.party),
            seen: shown,
            at: time,
            isNew: try record(refusal, prefix: "own-", nil, before: shown, &witness)
        )
    }

    /// Records that a party does not go along with our log.
    func recordOwnRefusal(by party: String, size: Int64) throws {
        try audit(
            AuditEntry(
                .checkpointRefuse,
                by: actor(party),
                on: AuditObject("log", log),
                outcome: .seriousFailure,
                reason: "refused-by-\(party)",
                count: Int(size)
            )
        )
    }

    /// Why a checkpoint with our signature cannot be of our log; nil if it is, or is not ours.
    func contradiction(of note: SignedNote) throws -> WitnessedLog.Refusal? {
        guard let signers, signers.signed(note),
            let checkpoint = try? Checkpoint(parsing: note.text), checkpoint.origin == log
        else { return nil }
        let tree = try StoredTree(database)
        guard checkpoint.size <= Int64(tree.size) else { return .olderHistory }
        return try tree.root(size: Int(checkpoint.size)) == checkpoint.root ? nil : .forked
    }

    private func record(
        _ refusal: WitnessedLog.Refusal,
        prefix: String,
        _ offered: Checkpoint?,
        before: Checkpoint?,
        _ witness: inout WitnessedParty
    ) throws -> Bool {
        let code = "\(prefix)\(refusal.rawValue)/\(before?.size ?? 0)"
        guard witness.refusal != code else { return false }
        witness.refusal = code
        try witness.save(database)
        try audit(
            AuditEntry(
                .checkpointRefuse,
                by: actor(witness.party),
                on: AuditObject("witness", witness.party),
                outcome: .seriousFailure,
                reason: code,
                old: before?.root.hex,
                new: offered?.root.hex,
                count: offered.map { Int($0.size) }
            )
        )
        return true
    }

    private func actor(_ party: String) -> AuditActor {
        party == "coordinator" ? AuditActor(.coordinator, party) : AuditActor(.site, party)
    }
}
