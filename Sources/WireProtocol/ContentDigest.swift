package import Crypto
import Foundation

/// The `Content-Digest` header field of RFC 9530, with SHA-256 only.
package enum ContentDigest {
    /// The field's name.
    package static let name = "Content-Digest"

    /// The field's value for a digest: `sha-256=:<base64>:`.
    package static func value(of digest: SHA256.Digest) -> String {
        "sha-256=:\(Data(digest).base64EncodedString()):"
    }
}
