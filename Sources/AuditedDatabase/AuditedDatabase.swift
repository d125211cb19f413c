package import AuditLog
import Durability
package import Foundation
package import GRDB

/// An SQLite file whose every change is one transaction together with its audit record.
///
/// A change returns after its commit is on the disk (WAL, `synchronous=FULL`). Failures of SQLite
/// come out as the store's own error, without values.
package final class AuditedDatabase<Failure: StoreFailure>: Sendable {
    /// The name of the audit log.
    package let log: String
    /// Signs the log; nil where this process may not.
    package let signer: NoteSigner?
    /// Signs beside it with the key of before, while that is not retired.
    package let formerSigner: NoteSigner?

    let pool: DatabasePool
    private let clock: any AuditClock

    /// Opens or makes the file with mode 0600 and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - secret: Signs the log after a hundred records and at the end of a round; nil leaves that
    ///     to the process that has it.
    ///   - migrator: The schema; one of its steps makes ``AuditTable``, a later one ``AuditTree``.
    ///   - clock: The time of the records.
    /// - Throws: `Failure` of ``DatabaseFault/Kind/cannotOpen`` or ``DatabaseFault/Kind/damaged``.
    package init(
        at url: URL,
        secret: AuditSecret?,
        migrator: DatabaseMigrator,
        clock: any AuditClock
    ) throws {
        self.clock = clock
        do {
            pool = try DatabaseFile.open(at: url, label: url.lastPathComponent)
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw Failure(DatabaseFault(newer: url))
            }
            try migrator.migrate(pool)
            log = try pool.read { database in
                let sql = "SELECT name FROM auditLog"
                guard let name = try String.fetchOne(database, sql: sql) else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                return name
            }
        } catch let error as DatabaseError {
            throw Failure(DatabaseFault(opening: url, error))
        }
        signer = try secret?.logSigner(named: log)
        formerSigner = try secret?.formerLogSigner(named: log)
    }

    /// Those who sign a checkpoint; nil where this process may not.
    var signers: LogSigners? {
        signer.map { LogSigners(current: $0, former: formerSigner) }
    }

    /// Performs one change; its audit records share the transaction.
    package func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        let (stamp, log, signers) = (clock.stamp(), log, signers)
        let result = try await translating {
            try await pool.write { database in
                let change = Change(database: database, stamp: stamp, log: log, signers: signers)
                let result = try body(change)
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
