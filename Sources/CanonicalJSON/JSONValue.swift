/// A JSON value with a single byte form: RFC 8785 (JSON Canonicalization Scheme).
///
/// Plans, audit leaves, messages and manifests are hashed over `canonicalBytes`, so two programs
/// that agree on the value agree on the hash. An integer and a number of the same value are equal
/// because they have the same bytes. Whole numbers outside ±(2^53 − 1) have no safe JSON number
/// (RFC 7493 section 2.2): send them as strings; the parser and the encoder refuse them.
package enum JSONValue: Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    /// The largest magnitude of a whole number that every JSON reader keeps exactly, 2^53 − 1.
    package static let largestSafeInteger: Int64 = 9_007_199_254_740_991

    /// The member of an object; nil for another kind of value or an absent key.
    package subscript(key: String) -> JSONValue? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The element of an array; nil for another kind of value or an index outside it.
    package subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// Whether this is JSON `null`.
    package var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The truth value; nil for another kind of value.
    package var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The whole number, also from a number without a fraction; nil for another kind of value.
    package var integerValue: Int64? {
        switch self {
        case .integer(let value): value
        case .number(let value): Int64(exactly: value)
        default: nil
        }
    }

    /// The number as a double; nil for another kind of value.
    package var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        default: nil
        }
    }

    /// The text; nil for another kind of value.
    package var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements; nil for another kind of value.
    package var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members; nil for another kind of value.
    package var objectValue: [String: JSONValue]? {
        if case .object(let value) = self { value } else { nil }
    }
}
