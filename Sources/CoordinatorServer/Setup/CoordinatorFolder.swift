package import Foundation

/// Where everything of a coordinator lies on disk.
package struct CoordinatorFolder: Sendable {
    /// The folder.
    package let root: URL

    /// Names the folder; nothing is made.
    package init(_ root: URL) { self.root = root }

    /// Settings, written by `fedcoordinator init`.
    package var settings: URL { root.appending(path: "coordinator.yaml") }
    /// The database.
    package var database: URL { root.appending(path: "coordinator.sqlite") }
    /// Held by the one process that serves.
    package var lock: URL { root.appending(path: "coordinator.lock") }
    /// Models and deltas.
    package var blobs: URL { root.appending(path: "blobs") }
    /// Uploads in progress.
    package var uploads: URL { root.appending(path: "uploads") }
    /// The root certificate.
    package var rootCertificate: URL { root.appending(path: "ca/root.pem") }
    /// The root before, while it is still gone by.
    package var formerRoot: URL { root.appending(path: "ca/former-root.pem") }
    /// The root and what the one before says of it, while that is still gone by.
    package var handover: URL { root.appending(path: "ca/handover.pem") }
    /// The request by which the root certifies the issuing key.
    package var issuingRequest: URL { root.appending(path: "ca/issuing-request.pem") }
    /// The issuing certificate.
    package var issuingCertificate: URL { root.appending(path: "ca/issuing.pem") }
    /// The issuing key that a certificate is asked for.
    package var nextIssuingKey: URL { root.appending(path: "ca/next-issuing-key.pem") }
    /// The issuing key.
    package var issuingKey: URL { root.appending(path: "ca/issuing-key.pem") }
    /// The server's key and chain.
    package var serverIdentity: URL { root.appending(path: "tls/server.pem") }
    /// The seed of the key that signs the audit log's checkpoints, apart from every certificate.
    package var auditKey: URL { root.appending(path: "audit-key") }
}
