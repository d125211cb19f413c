package import Crypto
package import Federation
import Foundation

/// The `Content-Digest` header field of RFC 9530, with SHA-256 only.
package enum ContentDigest {
    /// The field's name.
    package static let name = "Content-Digest"

    /// The field's value where the body is empty.
    package static let ofNothing = value(of: SHA256.hash(data: [UInt8]()))

    /// The field's value for a digest: `sha-256=:<base64>:`.
    package static func value(of digest: SHA256.Digest) -> String { value(Data(digest)) }

    /// The field's value for a digest.
    package static func value(of digest: Federation.SHA256Digest) -> String {
        value(Data(digest.bytes))
    }

    private static func value(_ bytes: Data) -> String {
        "sha-256=:\(bytes.base64EncodedString()):"
    }
}
