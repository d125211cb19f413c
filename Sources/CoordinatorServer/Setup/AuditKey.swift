package import AuditLog
import Foundation

/// The secret that signs the audit log's checkpoints and cosigns those of the sites.
package enum AuditKey {
    /// The secret of a folder; makes it, with mode 0600, where there is none.
    package static func secret(of folder: CoordinatorFolder) throws -> AuditSecret {
        if !FileManager.default.fileExists(atPath: folder.auditKey.path) {
            try DurableFile.write([UInt8](AuditSecret.generate().bytes), to: folder.auditKey)
        }
        return try AuditSecret(contentsOf: folder.auditKey)
    }

    /// The key under which the coordinator of a folder cosigns.
    package static func witnessKey(of folder: CoordinatorFolder) throws -> NoteKey {
        let federation = try CoordinatorSettings.read(from: folder).federation
        return try secret(of: folder).witnessSigner(named: witnessName(in: federation)).key
    }

    /// The name under which the coordinator of a federation cosigns.
    package static func witnessName(in federation: String) -> String { "\(federation)/coordinator" }
}
