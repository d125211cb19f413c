package import AuditLog
import AuditedDatabase
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

    private let database: AuditedDatabase<CoordinatorStoreError>

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Throws: ``CoordinatorStoreError`` `cannot-open` or `damaged`.
    package init(at url: URL, clock: any AuditClock = SystemAuditClock()) throws {
        database = try AuditedDatabase(
            at: url,
            log: Self.auditLog,
            migrator: CoordinatorMigrations.migrator,
            clock: clock
        )
    }

    /// Performs one change; its audit records share the transaction.
    func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        try await database.change(body)
    }

    /// Reads from one consistent state.
    func read<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await database.read(body)
    }

    /// Copies the database as it is now to a new file, while others read and write.
    package func copy(to url: URL) async throws { try await database.copy(to: url) }

    /// Closes the database; nothing can be asked of it afterwards.
    package func close() throws { try database.close() }

    /// How the writing connection is set: what durability and integrity rest on.
    package func settings() async throws -> [String: String] { try await database.settings() }

    /// Where the audit log ends.
    package func auditHead() async throws -> AuditHead { try await database.auditHead() }

    /// The records of the audit log, oldest first.
    package func auditLeaves() async throws -> [StoredAuditLeaf] {
        try await database.auditLeaves()
    }

    /// Checks the whole audit log, and against a head remembered from before if there is one.
    ///
    /// - Throws: `AuditFault` naming the first record that is wrong.
    package func verifyAudit(known: AuditHead? = nil) async throws -> AuditVerdict {
        try await database.verifyAudit(known: known)
    }
}
