import Crypto
import Foundation
import SwiftASN1
import X509

/// What every certificate of a federation has in common.
enum CertificateTemplate {
    /// Five minutes early, so that a party whose clock lags a little can use it at once.
    static func start(_ now: Date) -> Date { now.addingTimeInterval(-300) }

    static func end(_ now: Date, days: Int) -> Date {
        now.addingTimeInterval(Double(days) * 86_400)
    }

    static func name(_ commonName: String) throws -> DistinguishedName {
        try DistinguishedName { CommonName(commonName) }
    }

    /// The key identifier of RFC 7093 method 1: the first 20 bytes of SHA-256 over the key's bits.
    static func keyIdentifier(of key: Certificate.PublicKey) -> ArraySlice<UInt8> {
        ArraySlice(SHA256.hash(data: Array(key.subjectPublicKeyInfoBytes)).prefix(20))
    }

    /// A certificate that signs others.
    static func authority(
        _ name: DistinguishedName,
        key: Certificate.PublicKey,
        days: Int,
        pathLength: Int,
        issuer: DistinguishedName,
        issuerKey: Certificate.PrivateKey,
        at now: Date
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: key,
            notValidBefore: start(now),
            notValidAfter: end(now, days: days),
            issuer: issuer,
            subject: name,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: pathLength))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                SubjectKeyIdentifier(keyIdentifier: keyIdentifier(of: key))
                AuthorityKeyIdentifier(keyIdentifier: keyIdentifier(of: issuerKey.publicKey))
            },
            issuerPrivateKey: issuerKey
        )
    }

    /// A certificate of a party.
    static func leaf(
        _ commonName: String,
        key: Certificate.PublicKey,
        usage: ExtendedKeyUsage.Usage,
        names: [GeneralName],
        issuer: DistinguishedName,
        issuerKey: Certificate.PrivateKey,
        at now: Date
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: .init(),
            publicKey: key,
            notValidBefore: start(now),
            notValidAfter: end(now, days: CertificateLifetime.leafDays),
            issuer: issuer,
            subject: try name(commonName),
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([usage])
                SubjectAlternativeNames(names)
                SubjectKeyIdentifier(keyIdentifier: keyIdentifier(of: key))
                AuthorityKeyIdentifier(keyIdentifier: keyIdentifier(of: issuerKey.publicKey))
            },
            issuerPrivateKey: issuerKey
        )
    }
}
