/// Why bytes are not the JSON that was asked for.
///
/// Carries an offset or a path, never a value from the document: documents may come from a site.
package struct JSONError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What went wrong, stable across releases.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        case tooLarge = "too-large"
        case tooDeep = "too-deep"
        case unexpectedEnd = "unexpected-end"
        case unexpectedByte = "unexpected-byte"
        case trailingBytes = "trailing-bytes"
        case invalidUTF8 = "invalid-utf8"
        case invalidEscape = "invalid-escape"
        case invalidNumber = "invalid-number"
        case unsafeInteger = "unsafe-integer"
        case duplicateKey = "duplicate-key"
        case notCanonical = "not-canonical"
        case notEncodable = "not-encodable"
        case notDecodable = "not-decodable"
    }

    /// What went wrong.
    package let code: Code
    /// The byte at which it was noticed, counted from 0; nil when not about bytes.
    package let offset: Int?
    /// The path of the member that did not fit its type, as `rounds[2].loss`; nil otherwise.
    package let path: String?

    /// Makes an error about a byte or about a member.
    package init(_ code: Code, offset: Int? = nil, path: String? = nil) {
        self.code = code
        self.offset = offset
        self.path = path
    }

    /// What happened, where, and what to do.
    package var description: String {
        var text = "JSON: \(Self.sentences[code, default: code.rawValue])"
        if let offset { text += " at byte \(offset)" }
        if let path { text += " at \(path.isEmpty ? "the top level" : path)" }
        return text
    }

    private static let sentences: [Code: String] = [
        .tooLarge: "the document is longer than the limit",
        .tooDeep: "arrays and objects are nested deeper than the limit",
        .unexpectedEnd: "the document ends inside a value",
        .unexpectedByte: "a byte that JSON does not allow here",
        .trailingBytes: "more bytes follow the value",
        .invalidUTF8: "text is not valid UTF-8",
        .invalidEscape: "an escape that is not valid or half a surrogate pair",
        .invalidNumber: "a number that is not valid or not finite as a double",
        .unsafeInteger: "a whole number outside ±(2^53 − 1); send it as a string",
        .duplicateKey: "a key appears twice in one object",
        .notCanonical: "the bytes are not in RFC 8785 form; encode them canonically",
        .notEncodable: "a value has no JSON form (not finite, or a type JSON cannot hold)",
        .notDecodable: "a member is missing or of another type than expected",
    ]
}
