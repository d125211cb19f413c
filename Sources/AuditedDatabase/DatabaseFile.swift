import Foundation
import GRDB
import Synchronization

/// How the SQLite file is opened: for one writer, each commit synced, readable by its owner only.
enum DatabaseFile {
    private static let creation = Mutex(())

    /// Opens or makes the file.
    static func open(at url: URL, label: String) throws -> DatabasePool {
        try restrictToOwner(url)
        var configuration = Configuration()
        configuration.label = label
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            try database.execute(
                sql: """
                    PRAGMA trusted_schema = OFF;
                    PRAGMA cell_size_check = ON;
                    PRAGMA journal_size_limit = 16777216;
                    """
            )
        }
        let pool = try DatabasePool(path: url.path, configuration: configuration)
        try pool.writeWithoutTransaction { database in
            // The pool sets NORMAL when it turns WAL on, which may lose the last commits.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            guard try String.fetchOne(database, sql: "PRAGMA quick_check(1)") == "ok" else {
                throw DatabaseError(resultCode: .SQLITE_CORRUPT)
            }
        }
        return pool
    }

    /// The settings that durability and integrity rest on, as the connection has them.
    static func settings(_ database: Database) throws -> [String: String] {
        var settings: [String: String] = [:]
        for name in ["journal_mode", "synchronous", "foreign_keys"] {
            settings[name] = try String.fetchOne(database, sql: "PRAGMA \(name)")
        }
        return settings
    }

    // SQLite gives the -wal and -shm files the mode of the database, so it comes first. Closing any
    // descriptor of the file would drop every lock this process has on it (POSIX), and with them
    // the database if it is open already: a file that is there is never opened here.
    private static func restrictToOwner(_ url: URL) throws {
        try creation.withLock { _ in
            let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
            let descriptor = unsafe Foundation.open(url.path, flags, 0o600)
            if descriptor >= 0 {
                _ = Foundation.close(descriptor)
            } else if errno != EEXIST {
                throw DatabaseError(resultCode: .SQLITE_CANTOPEN)
            }
        }
        guard unsafe chmod(url.path, 0o600) == 0 else {
            throw DatabaseError(resultCode: .SQLITE_CANTOPEN)
        }
    }
}
