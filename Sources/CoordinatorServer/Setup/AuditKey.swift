package import AuditLog
import CoordinatorStore
import Durability
import Foundation

/// The key that signs the audit log's checkpoints.
package enum AuditKey {
    /// The signer of a folder's log; makes the key, with mode 0600, where there is none.
    package static func signer(of folder: CoordinatorFolder) throws -> NoteSigner {
        if !FileManager.default.fileExists(atPath: folder.auditKey.path) {
            var generator = SystemRandomNumberGenerator()
            let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            try DurableFile.write(seed, to: folder.auditKey)
        }
        return try NoteSigner(
            name: CoordinatorStore.auditLog,
            kind: .log,
            seed: [UInt8](try Data(contentsOf: folder.auditKey))
        )
    }
}
