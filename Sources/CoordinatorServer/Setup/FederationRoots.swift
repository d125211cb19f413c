import Foundation
package import Identity
import SwiftASN1
import WireProtocol
package import X509

/// The roots a federation goes by: one, or during an exchange two (Protocol.md section 5.15).
package struct FederationRoots: Sendable, Hashable {
    /// The root under which certificates are issued.
    package let current: Certificate
    /// That it follows the one before; nil once that is retired.
    package let handover: RootHandover?
    /// The root before; nil once it is retired.
    package let former: Certificate?

    /// Reads the roots of a folder.
    ///
    /// - Throws: `IdentityError` if a file cannot be read or does not belong to the others.
    package init(of folder: CoordinatorFolder) throws {
        current = try CertificateFile.read(from: folder.rootCertificate)[0]
        guard FileManager.default.fileExists(atPath: folder.formerRoot.path) else {
            (handover, former) = (nil, nil)
            return
        }
        let handover = try RootHandover(from: folder.handover)
        // An exchange that was cut off before the new root was in place has not begun.
        let hasBegun = handover.root == current
        self.handover = hasBegun ? handover : nil
        former = hasBegun ? try CertificateFile.read(from: folder.formerRoot)[0] : nil
    }

    /// All of them, the newest first.
    package var all: [Certificate] { [current] + (former.map { [$0] } ?? []) }

    /// SHA-256 over the SubjectPublicKeyInfo of each, the newest first.
    package var fingerprints: [String] {
        all.map(CertificateAuthority.fingerprint(ofKeyIn:))
    }

    /// What parties are told that may go by the former root only.
    func announcement() throws -> RootAnnouncement? {
        try handover.map {
            RootAnnouncement(
                root: try $0.root.serializeAsPEM().pemString,
                crossCertificate: try $0.crossCertificate.serializeAsPEM().pemString
            )
        }
    }
}
