import GRDB

/// `010-clocks`: the sites whose clocks were seen to be off.
enum ClocksMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE siteClock (
                    site TEXT PRIMARY KEY REFERENCES site (id),
                    aheadSeconds INTEGER NOT NULL,
                    notedAt INTEGER NOT NULL
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
