package import AuditLog

extension SiteStore {
    /// Where the audit log ends.
    package func auditHead() async throws -> AuditHead {
        try await read { try AuditTable.head($0) }
    }

    /// The records of the audit log, oldest first.
    package func auditLeaves() async throws -> [StoredAuditLeaf] {
        try await read { database in
            var leaves: [StoredAuditLeaf] = []
            try AuditTable.forEach(database) { leaves.append($0) }
            return leaves
        }
    }

    /// Checks the whole audit log, and against a head remembered from before if there is one.
    ///
    /// - Throws: `AuditFault` naming the first record that is wrong.
    package func verifyAudit(known: AuditHead? = nil) async throws -> AuditVerdict {
        try await read { database in
            var verification = AuditVerification(log: Self.auditLog, known: known)
            try AuditTable.forEach(database) { try verification.check($0) }
            return try verification.finish()
        }
    }
}
