import Federation
import Foundation

/// What a backup holds, and when it was made (`backup.json`).
package struct BackupManifest: Sendable, Hashable, Codable {
    /// A file of the backup.
    package struct File: Sendable, Hashable, Codable {
        /// Its path within the folder.
        package let path: String
        /// Its size.
        package let bytes: Int
        /// Its SHA-256.
        package let sha256: String

        /// Whether it is a key under a passphrase.
        var isSealed: Bool { path.hasSuffix(CoordinatorFolder.sealedSuffix) }
    }

    /// The file's name.
    static let name = "backup.json"

    /// The version of this format.
    package var version = 1
    /// When the database was copied, milliseconds since 1970.
    package let madeMilliseconds: Int64
    /// The size of the audit log.
    package let auditRecords: Int64
    /// The files, ascending by path.
    package let files: [File]
}

/// Why a backup was not made or not restored.
package struct BackupError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What happened, to which file, and what to do.
    package let description: String

    init(_ description: String) { self.description = description }
}
