import GRDB

/// `010-accounts`: accounts at an identity provider by which people sign in, and who tied them to a person.
enum AccountsMigration {
    static func apply(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE account (
                    issuer TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    person TEXT NOT NULL REFERENCES person (id),
                    PRIMARY KEY (issuer, subject)
                ) STRICT, WITHOUT ROWID;
                CREATE TABLE accountApproval (
                    issuer TEXT NOT NULL,
                    subject TEXT NOT NULL,
                    operator TEXT NOT NULL,
                    approvedAt INTEGER NOT NULL,
                    PRIMARY KEY (issuer, subject, operator),
                    FOREIGN KEY (issuer, subject) REFERENCES account (issuer, subject)
                        ON DELETE CASCADE
                ) STRICT, WITHOUT ROWID;
                """
        )
    }
}
