import GRDB

/// `009-certificates`: certificates and invites of people beside those of sites, applications for certificates and
/// who approved them, and what a person may see.
enum CertificatesMigration {
    static func apply(_ database: Database) throws {
        try database.execute(sql: people + certificates + applications)
    }

    private static let kinds = "('site', 'operator', 'researcher', 'auditor')"

    private static let people = """
        CREATE TABLE person (
            id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 63),
            role TEXT NOT NULL CHECK (role IN ('operator', 'researcher', 'auditor')),
            status TEXT NOT NULL CHECK (status IN ('invited', 'active', 'revoked')),
            invitedAt INTEGER NOT NULL,
            revokedAt INTEGER
        ) STRICT;
        CREATE TABLE membership (
            person TEXT NOT NULL REFERENCES person (id),
            plan TEXT REFERENCES plan (sha256),
            grantedAt INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX membershipOnce ON membership (person, coalesce(plan, ''));
        """

    private static let certificates = """
        CREATE TABLE heldCertificate (
            fingerprint TEXT PRIMARY KEY CHECK (length(fingerprint) = 64),
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            holder TEXT NOT NULL,
            keySHA256 TEXT UNIQUE CHECK (length(keySHA256) = 64),
            chain TEXT,
            issuedAt INTEGER NOT NULL,
            notValidAfter INTEGER NOT NULL,
            renewedBy TEXT REFERENCES heldCertificate (fingerprint),
            endsAt INTEGER,
            revokedAt INTEGER,
            CHECK ((renewedBy IS NULL) = (endsAt IS NULL))
        ) STRICT;
        INSERT INTO heldCertificate (fingerprint, kind, holder, issuedAt, notValidAfter, revokedAt)
            SELECT fingerprint, 'site', site, issuedAt, notValidAfter, revokedAt FROM certificate;
        DROP TABLE certificate;
        ALTER TABLE heldCertificate RENAME TO certificate;
        CREATE INDEX certificateByHolder ON certificate (kind, holder);
        CREATE TABLE heldInvite (
            tokenHash TEXT PRIMARY KEY CHECK (length(tokenHash) = 64),
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            holder TEXT NOT NULL,
            createdAt INTEGER NOT NULL,
            expiresAt INTEGER NOT NULL,
            endedAt INTEGER,
            ending TEXT CHECK (ending IN ('redeemed', 'replaced', 'revoked')),
            CHECK ((endedAt IS NULL) = (ending IS NULL))
        ) STRICT;
        INSERT INTO heldInvite
            SELECT tokenHash, 'site', site, createdAt, expiresAt, endedAt, ending FROM invite;
        DROP TABLE invite;
        ALTER TABLE heldInvite RENAME TO invite;
        CREATE INDEX inviteByHolder ON invite (kind, holder);
        """

    private static let applications = """
        CREATE TABLE application (
            id INTEGER PRIMARY KEY,
            tokenHash TEXT REFERENCES invite (tokenHash),
            expired TEXT REFERENCES certificate (fingerprint),
            kind TEXT NOT NULL CHECK (kind IN \(kinds)),
            holder TEXT NOT NULL,
            keySHA256 TEXT NOT NULL CHECK (length(keySHA256) = 64),
            request TEXT NOT NULL,
            softwareVersion TEXT NOT NULL,
            appliedAt INTEGER NOT NULL,
            endedAt INTEGER,
            ending TEXT CHECK (ending IN ('issued', 'declined', 'replaced', 'revoked')),
            CHECK ((tokenHash IS NULL) <> (expired IS NULL)),
            CHECK ((endedAt IS NULL) = (ending IS NULL))
        ) STRICT;
        CREATE UNIQUE INDEX applicationOpen ON application (kind, holder) WHERE endedAt IS NULL;
        CREATE TABLE applicationApproval (
            application INTEGER NOT NULL REFERENCES application (id),
            operator TEXT NOT NULL,
            approvedAt INTEGER NOT NULL,
            PRIMARY KEY (application, operator)
        ) STRICT, WITHOUT ROWID;
        """
}
