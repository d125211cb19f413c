package import AuditLog
import AuditedDatabase
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// The canonical bytes of a plan; nil if it was never submitted.
    package func planDocument(_ sha256: SHA256Digest) async throws -> [UInt8]? {
        try await read { database in
            try Data.fetchOne(
                database,
                sql: "SELECT document FROM plan WHERE sha256 = ?",
                arguments: [sha256.rawValue]
            ).map { [UInt8]($0) }
        }
    }

    /// Keeps a plan's canonical bytes and its initial model; the same plan again changes nothing.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if it was submitted with another model.
    package func submitPlan(
        _ sha256: SHA256Digest,
        name: String,
        document: [UInt8],
        initialModel: SHA256Digest,
        modelBytes: Int? = nil,
        by actor: AuditActor = AuditActor(.operator, "operator")
    ) async throws {
        precondition(SHA256Digest(hashing: document) == sha256, "the digest is of the document")
        try await change { change in
            let known = try String.fetchOne(
                change.database,
                sql: "SELECT initialModel FROM plan WHERE sha256 = ?",
                arguments: [sha256.rawValue]
            )
            if let known {
                guard known == initialModel.rawValue else {
                    throw CoordinatorStoreError(
                        .conflict,
                        "plan \(sha256) was submitted with another initial model"
                    )
                }
                return
            }
            try BlobTable.insert(initialModel, kind: .model, bytes: modelBytes, change)
            try change.execute(
                """
                INSERT INTO plan (sha256, name, document, initialModel, submittedAt)
                VALUES (?, ?, ?, ?, ?)
                """,
                [sha256.rawValue, name, Data(document), initialModel.rawValue, change.now]
            )
            try change.audit(
                AuditEntry(
                    .planSubmit,
                    by: actor,
                    on: AuditObject("plan", name, sha256: sha256.rawValue),
                    new: initialModel.rawValue
                )
            )
        }
    }
}

extension PlanAnswerRecord {
    /// Records the answer; a later answer takes the place of an earlier one.
    ///
    /// - Throws: ``CoordinatorStoreError`` `wrong-state` if the plan or the site does not exist.
    func write(_ change: Change) throws {
        try change.execute(
            """
            INSERT INTO approval
                (plan, site, decision, decidedBy, reason, exams, positiveExams, answeredAt)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (plan, site) DO UPDATE SET
                decision = excluded.decision, decidedBy = excluded.decidedBy,
                reason = excluded.reason, exams = excluded.exams,
                positiveExams = excluded.positiveExams, answeredAt = excluded.answeredAt
            """,
            [
                plan.rawValue, site.rawValue, decision, decidedBy, reason, exams, positiveExams,
                change.now,
            ]
        )
        try change.audit(
            AuditEntry(
                decision == "approved" ? .planApprove : .planDecline,
                by: AuditActor(.site, site.rawValue),
                on: AuditObject("plan", plan.rawValue, sha256: plan.rawValue)
            )
        )
    }
}
