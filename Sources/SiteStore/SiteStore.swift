package import AuditLog
package import AuditedDatabase
package import Foundation

/// The site's database: catalogue, plans, rounds, egress ledger and audit log.
///
/// It holds new identifiers and keyed pseudonyms only. Every method is one transaction; one that
/// changes something writes its audit record in the same transaction and returns after the commit
/// is on the disk (WAL, `synchronous=FULL`).
package final class SiteStore: AuditedStore {
    /// The database with its audit log.
    package let database: AuditedDatabase<SiteStoreError>

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - secret: Signs the audit log; nil in a process that leaves this to another.
    ///   - clock: The time of the records.
    /// - Throws: ``SiteStoreError`` `cannot-open` or `damaged`.
    package init(
        at url: URL,
        secret: AuditSecret? = nil,
        clock: any AuditClock = SystemAuditClock()
    ) throws {
        database = try AuditedDatabase(
            at: url,
            secret: secret,
            migrator: SiteMigrations.migrator(clock),
            clock: clock
        )
    }
}
