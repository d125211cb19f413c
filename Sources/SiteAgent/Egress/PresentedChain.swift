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
}
