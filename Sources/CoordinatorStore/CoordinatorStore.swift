package import AuditLog
package import AuditedDatabase
package import Foundation

/// The coordinator's database: sites, plans, runs, rounds, metrics, and the audit log.
///
/// Every method is one transaction. A method that changes something writes the audit record of the
/// change in the same transaction and returns after the commit is on the disk (WAL,
/// `synchronous=FULL`), so what was answered to a site survives a crash.
package final class CoordinatorStore: AuditedStore {
    /// The name of the coordinator's audit log.
    package static let auditLog = "coordinator"

    /// The database with its audit log.
    package let database: AuditedDatabase<CoordinatorStoreError>

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - secret: Signs the audit log; nil in a process that leaves this to another.
    ///   - clock: The time of the records.
    /// - Throws: ``CoordinatorStoreError`` `cannot-open` or `damaged`.
    package init(
        at url: URL,
        secret: AuditSecret? = nil,
        clock: any AuditClock = SystemAuditClock()
    ) throws {
        database = try AuditedDatabase(
            at: url,
            secret: secret,
            migrator: CoordinatorMigrations.migrator(clock),
            clock: clock
        )
    }
}
