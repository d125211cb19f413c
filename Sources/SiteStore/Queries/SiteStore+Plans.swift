import AuditLog
import AuditedDatabase
import Foundation
import GRDB

extension SiteStore {
    /// Keeps a plan's canonical document; the same plan again changes nothing.
    package func save(plan sha256: String, document: [UInt8], at milliseconds: Int64) async throws {
        try await change { change in
            try change.execute(
                "INSERT OR IGNORE INTO plan VALUES (?, ?, ?)",
                [sha256, Data(document), milliseconds]
            )
            guard change.changedRows == 1 else { return }
            try change.audit(
                AuditEntry(
                    .planReceive,
                    by: .agent,
                    on: AuditObject("plan", sha256, sha256: sha256)
                )
            )
        }
    }

    /// A plan's document.
    package func plan(_ sha256: String) async throws -> [UInt8]? {
        try await read { database in
            try Data.fetchOne(
                database,
                sql: "SELECT document FROM plan WHERE sha256 = ?",
                arguments: [sha256]
            ).map { [UInt8]($0) }
        }
    }

    /// The digests of all plans, oldest first.
    package func planDigests() async throws -> [String] {
        try await read { database in
            try String.fetchAll(
                database,
                sql: "SELECT sha256 FROM plan ORDER BY receivedMilliseconds, sha256"
            )
        }
    }

    /// Records the site's decision; a decision stands until the plan changes.
    ///
    /// - Throws: ``SiteStoreError`` `conflict` if the plan was answered otherwise before.
    package func record(_ answer: PlanAnswerRow) async throws {
        try await change { change in
            if let known = try PlanAnswerRow.fetchOne(change.database, key: answer.sha256) {
                guard known.decision == answer.decision else {
                    throw SiteStoreError(
                        .conflict,
                        "plan \(answer.sha256) was already \(known.decision)"
                    )
                }
                return
            }
            try answer.insert(change.database)
            try change.audit(
                AuditEntry(
                    answer.decision == "approved" ? .planApprove : .planDecline,
                    by: answer.decidedBy == PlanAnswerRow.policy ? .siteProfile : .siteAdmin,
                    on: AuditObject("plan", answer.sha256, sha256: answer.sha256)
                )
            )
        }
    }

    /// The site's decision on a plan, if there is one.
    package func answer(toPlan sha256: String) async throws -> PlanAnswerRow? {
        try await read { try PlanAnswerRow.fetchOne($0, key: sha256) }
    }
}
