package import AuditLog

extension AuditedStore {
    /// Records that the log's key was rotated; the checkpoint that covers the record bears both keys.
    ///
    /// Again changes nothing.
    ///
    /// - Throws: the store's failure; `invalidField` where this process has no former key.
    package func recordKeyRotation(by actor: AuditActor) async throws {
        guard let signers = database.signers, let former = signers.former else {
            throw AuditLogError(.invalidField, field: "audit.key")
        }
        let (old, new) = (former.key.description, signers.current.key.description)
        try await change { change in
            if let last = try change.lastAuditRecord(onKind: "log-key"),
                last.entry.act == .keyRotate, last.entry.new == new
            {
                return
            }
            try change.audit(
                AuditEntry(
                    .keyRotate,
                    by: actor,
                    on: AuditObject("log-key", change.log),
                    old: old,
                    new: new
                )
            )
        }
    }

    /// Records that the log's key before signs no more.
    package func recordKeyRetirement(of key: NoteKey, by actor: AuditActor) async throws {
        try await change { change in
            try change.audit(
                AuditEntry(
                    .keyRetire,
                    by: actor,
                    on: AuditObject("log-key", change.log),
                    old: key.description
                )
            )
        }
    }
}
