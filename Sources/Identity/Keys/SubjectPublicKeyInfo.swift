import Crypto
package import X509

extension Certificate.PublicKey {
    /// The DER bytes of the SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) of a P-256 key.
    ///
    /// `subjectPublicKeyInfoBytes` is only the point in it. Another kind of key, which nothing pins, gives that.
    package var spki: [UInt8] {
        P256.Signing.PublicKey(self).map { Array($0.derRepresentation) }
            ?? Array(subjectPublicKeyInfoBytes)
    }
}
