package import AuditLog

/// A checkpoint of the coordinator's log that other sites cosigned, as it is handed to a site.
package struct CosignedCheckpoint: Sendable, Hashable {
    /// The keys of those who cosigned.
    package let witnesses: [NoteKey]
    /// The checkpoint with the log's signature and theirs.
    package let note: SignedNote
    /// That the newest checkpoint continues it.
    package let proof: [MerkleHash]

    /// A checkpoint that came from elsewhere.
    package init(witnesses: [NoteKey], note: SignedNote, proof: [MerkleHash]) {
        self.witnesses = witnesses
        self.note = note
        self.proof = proof
    }
}

extension AuditedStore {
    /// The newest checkpoint that each party but the one that asks cosigned, one entry a size,
    /// ascending, with proofs that lead to the checkpoint of a size.
    package func cosignatures(
        except party: String,
        provenTo size: Int64
    ) async throws -> [CosignedCheckpoint] {
        try await read { database in
            let others = try WitnessedParty.all(database)
                .filter { $0.party != party && (1...max(1, size)).contains($0.cosigned) }
            let tree = try StoredTree(database)
            return try Dictionary(grouping: others, by: \.cosigned).sorted { $0.key < $1.key }
                .compactMap { cosigned, parties in
                    guard let note = try CheckpointTable.note(size: cosigned, database),
                        let proof = try tree.consistencyProof(from: Int(cosigned), to: Int(size))
                    else { return nil }
                    return CosignedCheckpoint(
                        witnesses: parties.map(\.witnessKey),
                        note: note,
                        proof: proof
                    )
                }
        }
    }

    /// Compares what other sites cosigned with what was accepted here, and remembers it.
    ///
    /// A witness is pinned at first sight; one that comes with another key later, and a checkpoint
    /// that is not of the same history, is a split view.
    ///
    /// - Returns: The alarm; nil if all agree.
    package func compare(
        _ cosigned: [CosignedCheckpoint],
        with party: String
    ) async throws -> WitnessAlarm? {
        try await change { change in
            guard var witness = try WitnessedParty.find(party, change.database),
                let key = witness.logKey
            else { return nil }
            let log = WitnessedLog(key: key, last: witness.checkpoint)
            for entry in cosigned {
                do throws(WitnessedLog.Refusal) {
                    try log.compare(entry.note, proof: entry.proof)
                } catch WitnessedLog.Refusal.notSigned where entry.note.hasOtherSignature(of: key) {
                    // Cosigned before the log's key changed: it proves nothing either way.
                    continue
                } catch {
                    return try change.refuse(error, of: entry.note, &witness)
                }
                for key in entry.witnesses {
                    guard try change.noteWitness(key, of: entry.note) else {
                        return try change.refuse(.otherKey, of: entry.note, &witness)
                    }
                }
            }
            return nil
        }
    }
}

extension Change {
    /// Remembers that a site cosigned a checkpoint of the coordinator.
    ///
    /// - Returns: false if the name is known with another key, or the line is not of the key.
    fileprivate func noteWitness(_ key: NoteKey, of note: SignedNote) throws -> Bool {
        var known =
            try WitnessedParty.find(key.name, database)
            ?? WitnessedParty(party: key.name, logKey: nil, witnessKey: key)
        guard known.witnessKey == key, let time = note.cosignatureTime(by: key),
            let size = (try? Checkpoint(parsing: note.text))?.size
        else { return false }
        guard size > known.cosigned else { return true }
        (known.note, known.noteMilliseconds, known.cosigned) = (note, Int64(time) * 1000, size)
        try known.save(database)
        return true
    }
}
