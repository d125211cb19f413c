package import AuditLog
import Durability
package import Foundation
package import GRDB

/// An SQLite file whose every change is one transaction together with its audit record.
///
/// A change returns after its commit is on the disk (WAL, `synchronous=FULL`). Failures of SQLite
/// come out as the store's own error, without values.
package final class AuditedDatabase<Failure: StoreFailure>: Sendable {
    let pool: DatabasePool
    private let log: String
    private let clock: any AuditClock

    /// Opens or makes the file with mode 0600 and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - log: The name of the audit log.
    ///   - migrator: The schema; one of its steps makes ``AuditTable``.
    ///   - clock: The time of the records.
    /// - Throws: `Failure` of ``DatabaseFault/Kind/cannotOpen`` or ``DatabaseFault/Kind/damaged``.
    package init(
        at url: URL,
        log: String,
        migrator: DatabaseMigrator,
        clock: any AuditClock
    ) throws {
        self.log = log
        self.clock = clock
        do {
            pool = try DatabaseFile.open(at: url, label: log)
            try migrator.migrate(pool)
        } catch let error as DatabaseError {
            throw Failure(DatabaseFault(opening: url, error))
        }
    }

    /// Performs one change; its audit records share the transaction.
    package func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        let (stamp, log) = (clock.stamp(), log)
        let result = try await translating {
            try await pool.write { database in
                let result = try body(Change(database: database, stamp: stamp, log: log))
                CrashPoint.commitBegun.pass()
                return result
            }
        }
        CrashPoint.committed.pass()
        return result
    }

    /// Reads from one consistent state.
    package func read<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await translating { try await pool.read(body) }
    }

    /// How the writing connection is set: what durability and integrity rest on.
    package func settings() async throws -> [String: String] {
        try await translating { try await pool.writeWithoutTransaction(DatabaseFile.settings) }
    }

    func translating<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as DatabaseError {
            throw Failure(DatabaseFault(error))
        }
    }
}

extension AuditedDatabase {
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
    package func verifyAudit(known: AuditHead?) async throws -> AuditVerdict {
        try await read { [log] database in
            var verification = AuditVerification(log: log, known: known)
            try AuditTable.forEach(database) { try verification.check($0) }
            return try verification.finish()
        }
    }
}
