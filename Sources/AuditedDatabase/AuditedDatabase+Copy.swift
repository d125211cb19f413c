package import Foundation
import GRDB

extension AuditedDatabase {
    /// Closes the file's connections; what was written is in the file then, not beside it.
    package func close() throws { try pool.close() }

    /// Copies the database as it is now to a new file, while others read and write (SQLite's online
    /// backup).
    package func copy(to url: URL) async throws {
        try await translating {
            let target = try DatabaseQueue(path: url.path)
            try pool.backup(to: target)
            try target.close()
        }
    }
}
