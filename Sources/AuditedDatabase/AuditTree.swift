package import AuditLog
import Foundation
package import GRDB

/// The tables around `audit`: the log's name, its tree, its checkpoints, and who is witnessed.
package enum AuditTree {
    /// Makes the tables, and a tree of the records that are there already.
    ///
    /// A log that was only a chain is taken over: its records become the first leaves, and a record
    /// says so, with the old and the new name, the root over them, and what was wrong with them.
    package static func adopt(
        _ database: Database,
        name: String,
        at stamp: AuditStamp
    ) throws {
        let wasTree = try database.tableExists("auditCheckpoint")
        try createTables(database)
        try keepCheckpoints(database, wasTree)
        try database.execute(
            sql: "INSERT INTO auditLog (id, name) VALUES (0, ?)",
            arguments: [name]
        )
        var check = BundleVerifier(trust: TrustedKeys([])).begin(log: name, notes: [])
        var oldName: String?
        try AuditTable.forEach(database) { stored in
            try StoredTree.complete(at: stored.sequence, stored.hash, database)
            check.add(stored.leaf, storedHash: stored.hash)
            if oldName == nil { oldName = try? AuditRecord(leaf: stored.leaf).log }
        }
        guard !wasTree, let oldName else { return }
        let fault = check.finish().faults.first { $0.kind != .foreign }
        try record(database, name, from: oldName, fault, at: stamp)
    }

    private static func record(
        _ database: Database,
        _ name: String,
        from oldName: String,
        _ fault: AuditFault?,
        at stamp: AuditStamp
    ) throws {
        let tree = try StoredTree(database)
        let change = Change(database: database, stamp: stamp, log: name)
        try change.audit(
            AuditEntry(
                .treeAdopt,
                by: AuditActor(.policy, "migration"),
                on: AuditObject("log", name, sha256: try tree.root(size: tree.size).hex),
                outcome: fault == nil ? .success : .seriousFailure,
                reason: fault.map { "\($0.kind.rawValue)/\($0.sequence)" },
                old: oldName,
                new: name,
                count: tree.size
            )
        )
    }

    private static func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE auditLog (
                    id INTEGER PRIMARY KEY CHECK (id = 0),
                    name TEXT NOT NULL
                ) STRICT;
                CREATE TABLE auditNode (
                    level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 62),
                    place INTEGER NOT NULL CHECK (place >= 0),
                    hash BLOB NOT NULL CHECK (length(hash) = 32),
                    PRIMARY KEY (level, place)
                ) STRICT, WITHOUT ROWID;
                CREATE TRIGGER auditNodeIsNeverChanged BEFORE UPDATE ON auditNode
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                CREATE TRIGGER auditNodeIsNeverDeleted BEFORE DELETE ON auditNode
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                CREATE TABLE auditWitness (
                    party TEXT PRIMARY KEY,
                    logKey TEXT,
                    witnessKey TEXT NOT NULL,
                    note BLOB,
                    noteMilliseconds INTEGER,
                    stored INTEGER NOT NULL DEFAULT 0,
                    cosigned INTEGER NOT NULL DEFAULT 0,
                    refusal TEXT
                ) STRICT;
                """
        )
    }

    /// The right edge that once stood beside each checkpoint is now part of the tree.
    private static func keepCheckpoints(_ database: Database, _ wasTree: Bool) throws {
        if wasTree {
            try database.execute(
                sql: """
                    DROP TRIGGER auditCheckpointIsNeverDeleted;
                    DROP TRIGGER auditCheckpointKeepsItsPlace;
                    ALTER TABLE auditCheckpoint RENAME TO auditCheckpointWithEdge;
                    """
            )
        }
        try database.execute(
            sql: """
                CREATE TABLE auditCheckpoint (
                    size INTEGER PRIMARY KEY CHECK (size >= 1),
                    note BLOB NOT NULL
                ) STRICT;
                """
        )
        if wasTree {
            try database.execute(
                sql: """
                    INSERT INTO auditCheckpoint SELECT size, note FROM auditCheckpointWithEdge;
                    DROP TABLE auditCheckpointWithEdge;
                    """
            )
        }
        try database.execute(
            sql: """
                CREATE TRIGGER auditCheckpointIsNeverDeleted BEFORE DELETE ON auditCheckpoint
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                CREATE TRIGGER auditCheckpointKeepsItsPlace BEFORE UPDATE OF size ON auditCheckpoint
                BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
                """
        )
    }
}
