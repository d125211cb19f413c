package import Foundation
package import X509

/// The roots a party goes by: one, or two while the federation exchanges it (Protocol.md section 5.15).
package struct TrustedRoots: Sendable, Hashable {
    /// The roots, the newest first; never empty.
    package private(set) var certificates: [Certificate]

    /// Trusts one root.
    package init(_ root: Certificate) { certificates = [root] }

    /// Reads a file of roots in PEM.
    ///
    /// - Throws: ``IdentityError`` if it holds none.
    package init(from url: URL) throws(IdentityError) {
        certificates = try CertificateFile.read(from: url)
    }

    /// Writes the file, replacing what was there in one step.
    package func write(to url: URL) throws { try CertificateFile.write(certificates, to: url) }

    /// The newest.
    package var current: Certificate { certificates[0] }

    /// SHA-256 over the SubjectPublicKeyInfo of each, in their order.
    package var fingerprints: [String] {
        certificates.map(CertificateAuthority.fingerprint(ofKeyIn:))
    }

    /// Trusts the root that a trusted one vouches for.
    ///
    /// - Returns: false if it was trusted before.
    /// - Throws: ``IdentityError`` `untrusted-root` if no trusted root vouches for it.
    package mutating func adopt(
        _ handover: RootHandover,
        at now: Date
    ) throws(IdentityError) -> Bool {
        let fingerprint = CertificateAuthority.fingerprint(ofKeyIn: handover.root)
        guard !fingerprints.contains(fingerprint) else { return false }
        guard certificates.contains(where: { handover.isVouchedFor(by: $0, at: now) }) else {
            throw IdentityError(
                .untrustedRoot,
                "a new root (\(fingerprint)) was announced that no root known here vouches for"
            )
        }
        certificates.insert(handover.root, at: 0)
        return true
    }

    /// Trusts only those of the roots that are named from now on, if the newest is among them.
    ///
    /// - Returns: the fingerprints of those that are trusted no more.
    package mutating func drop(allBut named: [String]) -> [String] {
        let newest = CertificateAuthority.fingerprint(ofKeyIn: current)
        guard named.contains(newest) else { return [] }
        let dropped = fingerprints.filter { !named.contains($0) }
        certificates.removeAll {
            dropped.contains(CertificateAuthority.fingerprint(ofKeyIn: $0))
        }
        return dropped
    }

    /// The root that signed an issuing certificate; nil if none of them did.
    package func root(of issuing: Certificate) -> Certificate? {
        certificates.first { $0.publicKey.isValidSignature(issuing.signature, for: issuing) }
    }
}
