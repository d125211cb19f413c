package import Crypto
import Foundation
import SwiftASN1
package import X509

/// What a party checks of what it is given: the root before it sends anything, the certificate before it uses it.
package enum Enrolment {
    /// Checks that a root is the one an invite pinned.
    ///
    /// - Throws: ``IdentityError`` with code `untrusted-root`, the sign of an interception on the way.
    @discardableResult
    package static func verify(
        rootPEM: String,
        pinnedAs fingerprint: String
    ) throws(IdentityError) -> Certificate {
        guard let root = try? Certificate(pemEncoded: rootPEM),
            CertificateAuthority.fingerprint(ofKeyIn: root) == fingerprint
        else {
            throw IdentityError(
                .untrustedRoot,
                "the coordinator's root certificate is not the one of the invite: something on the"
                    + " way answers in its place; tell the operator before you go on"
            )
        }
        return root
    }

    /// Checks a chain that was issued: its leaf has the key and names the party, and it leads to a root.
    ///
    /// - Throws: ``IdentityError`` with code `invalid-certificate` saying which of these does not hold.
    package static func verify(
        chainPEM: String,
        of key: P256.Signing.PublicKey,
        roots: TrustedRoots
    ) throws(IdentityError) -> PeerCertificate {
        let chain = try CertificateFile.parse(chainPEM)
        guard chain.count == 2, chain[0].publicKey == Certificate.PublicKey(key) else {
            throw IdentityError(.invalidCertificate, "the certificate is not of this machine's key")
        }
        guard roots.root(of: chain[1]) != nil,
            chain[1].publicKey.isValidSignature(chain[0].signature, for: chain[0])
        else {
            throw IdentityError(
                .invalidCertificate,
                "the certificate does not lead to the federation's root"
            )
        }
        return try PeerCertificate(chain[0])
    }
}
