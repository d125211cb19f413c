package import Crypto
import Foundation

/// The signature of a request as it arrived.
package struct RequestSignature: Sendable {
    /// The covered components and parameters.
    package let parameters: SignatureParameters
    private let signature: P256.Signing.ECDSASignature

    /// Reads the fields `Signature-Input` and `Signature`; nil unless they hold one signature of this protocol.
    package init?(input: String, signature field: String) {
        let prefix = "\(SignatureParameters.label)=:"
        guard let parameters = SignatureParameters(field: input), field.hasPrefix(prefix),
            field.hasSuffix(":"), field.utf8.count <= 256,
            let bytes = Data(base64Encoded: String(field.dropFirst(prefix.count).dropLast())),
            let signature = try? P256.Signing.ECDSASignature(rawRepresentation: bytes)
        else { return nil }
        self.parameters = parameters
        self.signature = signature
    }

    /// Whether the signature is of the request by the key.
    package func isValid(for request: SignedRequest, by key: P256.Signing.PublicKey) -> Bool {
        key.isValidSignature(signature, for: parameters.base(of: request))
    }
}
