package import Crypto
package import Foundation

/// Signs a party's requests with the key of its certificate.
package struct RequestSigner: Sendable {
    private let key: P256.Signing.PrivateKey
    private let keyID: String

    /// Signs with a key, named by the fingerprint of its certificate.
    package init(key: P256.Signing.PrivateKey, fingerprint: String) {
        self.key = key
        keyID = fingerprint
    }

    /// The values of the fields `Signature-Input` and `Signature` of a request.
    package func sign(
        _ request: SignedRequest,
        boot: BootID,
        at now: Date,
        using generator: inout some RandomNumberGenerator
    ) throws -> (input: String, signature: String) {
        let parameters = SignatureParameters(
            created: Int64(now.timeIntervalSince1970.rounded(.down)),
            keyID: keyID,
            nonce: SignatureNonce(boot: boot, using: &generator)
        )
        let signature = try key.signature(for: parameters.base(of: request)).rawRepresentation
        let label = SignatureParameters.label
        return ("\(label)=\(parameters.text)", "\(label)=:\(signature.base64EncodedString()):")
    }
}
