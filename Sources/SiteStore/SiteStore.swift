package import Foundation
import GRDB

/// The site's database: catalogue, plans, rounds, egress ledger and audit log.
///
/// It holds new identifiers and keyed pseudonyms only. WAL, every commit synced, one writer.
package final class SiteStore: Sendable {
    let database: DatabasePool

    /// Opens or makes the database with mode 0600 and brings its schema up to date.
    ///
    /// - Throws: ``SiteStoreError`` `cannot-open`.
    package init(at url: URL) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = FULL")
            try database.execute(sql: "PRAGMA trusted_schema = OFF")
        }
        do {
            database = try DatabasePool(path: url.path, configuration: configuration)
            try FileManager.default.setAttributes(
                [.posixPermissions: 0o600], ofItemAtPath: url.path)
            try SiteMigrations.migrator.migrate(database)
        } catch {
            throw SiteStoreError(
                .cannotOpen, "\(url.path) cannot be opened; check the folder and its owner")
        }
    }
}
