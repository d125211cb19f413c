package import AuditLog
package import Foundation
import GRDB

/// The site's database: catalogue, plans, rounds, egress ledger and audit log.
///
/// It holds new identifiers and keyed pseudonyms only. Every method is one transaction; one that
/// changes something writes its audit record in the same transaction and returns after the commit
/// is on the disk (WAL, `synchronous=FULL`).
package final class SiteStore: Sendable {
    /// The name of a site's audit log.
    package static let auditLog = "site"

    let database: DatabasePool
    let clock: any AuditClock

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Throws: ``SiteStoreError`` `cannot-open` or `damaged`.
    package init(at url: URL, clock: any AuditClock = SystemAuditClock()) throws {
        self.clock = clock
        do {
            database = try DatabaseFile.open(at: url, label: "site")
            try SiteMigrations.migrator.migrate(database)
        } catch let error as DatabaseError {
            throw SiteStoreError(opening: url, error)
        }
    }

    /// Performs one change; its audit records share the transaction.
    func change<Result: Sendable>(
        _ body: @Sendable (Change) throws -> Result
    ) async throws -> Result {
        let stamp = clock.stamp()
        return try await SiteStoreError.translating {
            try await database.write { try body(Change(database: $0, stamp: stamp)) }
        }
    }

    /// Reads from one consistent state.
    func read<Result: Sendable>(
        _ body: @Sendable (Database) throws -> Result
    ) async throws -> Result {
        try await SiteStoreError.translating { try await database.read(body) }
    }
}

extension SiteStore {
    /// How the writing connection is set: what durability and integrity rest on.
    package func settings() async throws -> [String: String] {
        try await SiteStoreError.translating {
            try await database.writeWithoutTransaction(DatabaseFile.settings)
        }
    }
}
