import GRDB

/// `010-sources`: what was fetched from a PACS, under keyed names, and what every delivery brought.
enum SourcesMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE pulledInstance (
                    source TEXT NOT NULL,
                    name TEXT NOT NULL,
                    fingerprint TEXT NOT NULL,
                    milliseconds INTEGER NOT NULL,
                    PRIMARY KEY (source, name)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE delivery (
                    number INTEGER PRIMARY KEY,
                    milliseconds INTEGER NOT NULL,
                    kind TEXT NOT NULL CHECK (kind IN ('dicomweb', 'receiver')),
                    source TEXT NOT NULL,
                    objects INTEGER NOT NULL CHECK (objects >= 0),
                    known INTEGER NOT NULL CHECK (known >= 0),
                    refused INTEGER NOT NULL CHECK (refused >= 0),
                    bytes INTEGER NOT NULL CHECK (bytes >= 0),
                    outcome TEXT NOT NULL
                ) STRICT;
                CREATE INDEX deliveryByKind ON delivery (kind, number);
                """
        )
    }
}
