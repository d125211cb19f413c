import Federation
import GRDB

/// Questions to the table `site`.
enum SiteTable {
    static func status(of site: SiteID, _ database: Database) throws -> String? {
        try String.fetchOne(
            database,
            sql: "SELECT status FROM site WHERE id = ?",
            arguments: [site.rawValue]
        )
    }

    static func active(_ database: Database) throws -> [SiteID] {
        try String.fetchAll(
            database,
            sql: "SELECT id FROM site WHERE status = 'active'"
        ).compactMap(SiteID.init(rawValue:)).sorted()
    }
}
