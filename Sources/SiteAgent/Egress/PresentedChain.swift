import Identity
import SwiftASN1
import X509

/// The certificates that something answers with, as far as a person needs to know them.
struct PresentedChain {
    let certificates: [Certificate]

    init(pem: [String]) {
        certificates = pem.compactMap { try? Certificate(pemEncoded: $0) }
    }

    /// Who signed the leaf, such as a hospital's inspecting proxy.
    var issuer: String? { certificates.first.map { "\($0.issuer)" } }

    /// Whether the leaf leads to a root, which is presented itself or signed what is.
    func leads(to rootFingerprint: String, root: Certificate? = nil) -> Bool {
        let pairs = zip(certificates, certificates.dropFirst())
        guard pairs.allSatisfy({ $1.publicKey.isValidSignature($0.signature, for: $0) }),
            let last = certificates.last
        else { return false }
        if CertificateAuthority.fingerprint(ofKeyIn: last) == rootFingerprint { return true }
        return root.map { $0.publicKey.isValidSignature(last.signature, for: last) } ?? false
    }
}
