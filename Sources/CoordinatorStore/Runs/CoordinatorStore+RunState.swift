import AuditedDatabase
import AuditLog
package import Federation
import Foundation
import GRDB

extension CoordinatorStore {
    /// Keeps the state machine of a run as it is now, in place of what was kept before.
    package func saveState(of run: RunID, _ snapshot: RunSnapshot) async throws {
        let bytes = try JSONEncoder().encode(snapshot)
        try await change { change in
            try change.execute(
                """
                INSERT INTO runState (run, snapshot, savedAt) VALUES (?, ?, ?)
                ON CONFLICT (run) DO UPDATE SET snapshot = excluded.snapshot,
                    savedAt = excluded.savedAt
                """,
                [run.rawValue, bytes, change.now]
            )
        }
    }

    /// The state machine that was kept for a run; nil if it had not begun.
    ///
    /// - Throws: ``CoordinatorStoreError`` `damaged` if it is of a version that cannot be read.
    package func state(of run: RunID) async throws -> RunSnapshot? {
        let bytes = try await read { database in
            try Data.fetchOne(
                database,
                sql: "SELECT snapshot FROM runState WHERE run = ?",
                arguments: [run.rawValue]
            )
        }
        guard let bytes else { return nil }
        do {
            return try JSONDecoder().decode(RunSnapshot.self, from: bytes)
        } catch {
            throw CoordinatorStoreError(.damaged, "the state of \(run) cannot be read")
        }
    }

    /// Records that a person was alarmed: one audit record a site that it is about.
    package func recordAlarm(
        _ run: RunID,
        _ round: RoundNumber,
        _ alarm: RoundAlarm
    ) async throws {
        try await change { change in
            for site in alarm.sites {
                try change.audit(
                    AuditEntry(
                        .roundAlarm,
                        by: .coordinator,
                        on: AuditObject("site", site.rawValue),
                        outcome: .minorFailure,
                        study: run.rawValue,
                        round: round.rawValue,
                        reason: alarm.code
                    )
                )
            }
        }
    }

    /// The runs that were taken up and are not over, oldest first: what a restart goes on with.
    package func unfinishedRuns() async throws -> [QueuedRun] {
        try await read { try Self.runs(status: ["waiting", "running"], $0) }
    }
}
