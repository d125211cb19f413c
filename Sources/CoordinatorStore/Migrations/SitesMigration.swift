import GRDB

/// `001-sites`: sites, their certificates, and invites (of which only hashes are kept).
enum SitesMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE site (
                    id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
                    name TEXT NOT NULL,
                    status TEXT NOT NULL
                        CHECK (status IN ('invited', 'active', 'revoked')),
                    softwareVersion TEXT,
                    description TEXT,
                    invitedAt INTEGER NOT NULL,
                    enrolledAt INTEGER,
                    describedAt INTEGER,
                    revokedAt INTEGER
                ) STRICT;
                CREATE TABLE certificate (
                    fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
                    site TEXT NOT NULL REFERENCES site (id),
                    issuedAt INTEGER NOT NULL,
                    notValidAfter INTEGER NOT NULL,
                    revokedAt INTEGER
                ) STRICT;
                CREATE INDEX certificateBySite ON certificate (site);
                CREATE TABLE invite (
                    tokenHash TEXT PRIMARY KEY CHECK (length(tokenHash) = 64),
                    site TEXT NOT NULL REFERENCES site (id),
                    createdAt INTEGER NOT NULL,
                    expiresAt INTEGER NOT NULL,
                    endedAt INTEGER,
                    ending TEXT CHECK (ending IN ('redeemed', 'replaced', 'revoked')),
                    CHECK ((endedAt IS NULL) = (ending IS NULL))
                ) STRICT;
                CREATE INDEX inviteBySite ON invite (site);
                """
        )
    }
}
