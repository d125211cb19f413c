import AuditedDatabase
import CoordinatorStore
import Foundation
import GRDB
import Testing

@Suite struct SchemaTests {
    @Test func `an empty file gets the whole schema, a second opening changes nothing`() throws {
        let fixture = try Fixture()
        let queue = try DatabaseQueue(path: fixture.file.path)
        let tables = try queue.read { database in
            try String.fetchAll(
                database,
                sql: "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
            )
        }
        #expect(
            tables == [
                "account", "accountApproval", "application", "applicationApproval", "approval",
                "audit", "auditCheckpoint",
                "auditLog", "auditNode", "auditWitness", "blob", "certificate", "contribution",
                "grdb_migrations", "invite", "membership", "metrics", "person", "plan", "round",
                "run", "runRequest", "runSite", "runState", "site", "siteClock", "siteProgress",
            ]
        )
        _ = try CoordinatorStore(at: fixture.file)
        let migrations = try queue.read { database in
            try String.fetchAll(database, sql: "SELECT identifier FROM grdb_migrations")
        }
        #expect(
            migrations == [
                "001-sites", "002-plans", "003-runs", "004-audit", "005-checkpoints",
                "006-run-state", "007-audit-tree", "008-operation", "009-certificates",
                "010-clocks", "011-accounts",
            ]
        )
    }

    @Test func `every table is STRICT`() throws {
        let fixture = try Fixture()
        let queue = try DatabaseQueue(path: fixture.file.path)
        let loose = try queue.read { database in
            try String.fetchAll(
                database,
                sql: """
                    SELECT name FROM pragma_table_list
                    WHERE schema = 'main' AND NOT strict AND name NOT LIKE 'sqlite%'
                        AND name <> 'grdb_migrations'
                    """
            )
        }
        #expect(loose.isEmpty)
    }

    @Test func `commits are synced, foreign keys hold, the journal is a WAL`() async throws {
        let fixture = try Fixture()
        let settings = try await fixture.store.settings()
        #expect(settings == ["journal_mode": "wal", "synchronous": "2", "foreign_keys": "1"])
    }

    @Test func `only the owner can read the files`() async throws {
        let fixture = try Fixture()
        try await fixture.enrol(fixture.a)
        for name in ["coordinator.sqlite", "coordinator.sqlite-wal", "coordinator.sqlite-shm"] {
            let path = fixture.folder.appending(path: name).path
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
            #expect(mode as? Int == 0o600, "\(name)")
        }
    }

    @Test func `what is not a database is refused with advice, and left alone`() throws {
        let fixture = try Fixture()
        let file = fixture.folder.appending(path: "other.sqlite")
        let bytes = Data("this is no database, but long enough to look at".utf8)
        try bytes.write(to: file)
        let error = #expect(throws: CoordinatorStoreError.self) { try CoordinatorStore(at: file) }
        #expect(error?.code == .damaged)
        #expect(try Data(contentsOf: file) == bytes)
        let nowhere = #expect(throws: CoordinatorStoreError.self) {
            try CoordinatorStore(at: fixture.folder.appending(path: "none/x.sqlite"))
        }
        #expect(nowhere?.code == .cannotOpen)
    }
}
