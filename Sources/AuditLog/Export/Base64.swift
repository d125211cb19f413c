import Foundation

/// RFC 4648 section 4 of a text's UTF-8.
enum Base64 {
    static func text(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}
