import AuditLog
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// Keeps a plan's canonical document and its initial model; the same plan again changes nothing.
    package func submitPlan(
        _ plan: SHA256Digest, name: String, document: [UInt8], initialModel: SHA256Digest
    ) async throws {
        try await change { database in
            try database.execute(
                sql: "INSERT OR IGNORE INTO plan VALUES (?, ?, ?, ?)",
                arguments: [plan.rawValue, name, Data(document), initialModel.rawValue])
            let isNew = database.changesCount == 1
            return (
                (),
                isNew
                    ? AuditEntry(
                        .planSubmit, by: AuditActor(.operator, "operator"),
                        on: AuditObject("plan", name, sha256: plan.rawValue)) : nil
            )
        }
    }

    /// Records a site's answer; the same answer again changes nothing.
    ///
    /// - Throws: ``CoordinatorStoreError`` `conflict` if the site answered otherwise before.
    package func recordApproval(
        plan: SHA256Digest, site: SiteID, decision: String, decidedBy: String, reason: String,
        exams: Int, positiveExams: Int?
    ) async throws {
        try await change { database in
            let known = try String.fetchOne(
                database, sql: "SELECT decision FROM approval WHERE plan = ? AND site = ?",
                arguments: [plan.rawValue, site.rawValue])
            if let known {
                guard known == decision else {
                    throw CoordinatorStoreError(
                        .conflict, "site \(site) has already \(known) plan \(plan)")
                }
                return ((), nil)
            }
            try database.execute(
                sql: "INSERT INTO approval VALUES (?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    plan.rawValue, site.rawValue, decision, decidedBy, reason, exams,
                    positiveExams,
                ])
            let act: AuditAct = decision == "approved" ? .planApprove : .planDecline
            return (
                (),
                AuditEntry(
                    act, by: AuditActor(.site, site.rawValue),
                    on: AuditObject("plan", plan.rawValue, sha256: plan.rawValue))
            )
        }
    }
}
