package import AuditLog
package import Foundation
import GRDB

/// The coordinator's database: sites, plans, runs, rounds, metrics, and the audit log.
///
/// Every method is one transaction. A method that changes something writes the audit record of the
/// change in the same transaction and returns after the commit is on the disk (WAL,
/// `synchronous=FULL`), so what was answered to a site survives a crash.
package final class CoordinatorStore: Sendable {
    /// The name of the coordinator's audit log.
    package static let auditLog = "coordinator"

    let database: DatabasePool
    let clock: any AuditClock

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Throws: ``CoordinatorStoreError`` `cannot-open` or `damaged`.
    package init(at url: URL, clock: any AuditClock = SystemAuditClock()) throws {
        self.clock = clock
        do {
            database = try DatabaseFile.open(at: url, label: "coordinator")
            try CoordinatorMigrations.migrator.migrate(database)
        } catch let error as DatabaseError {
            throw CoordinatorStoreError(opening: url, error)
        }
    }

    /// Performs one change; its audit records share the transaction.
    func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        let stamp = clock.stamp()
        return try await CoordinatorStoreError.translating {
            try await database.write { try body(Change(database: $0, stamp: stamp)) }
        }
    }

    /// Reads from one consistent state.
    func read<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await CoordinatorStoreError.translating { try await database.read(body) }
    }
}

extension CoordinatorStore {
    /// How the writing connection is set: what durability and integrity rest on.
    package func settings() async throws -> [String: String] {
        try await CoordinatorStoreError.translating {
            try await database.writeWithoutTransaction(DatabaseFile.settings)
        }
    }
}
