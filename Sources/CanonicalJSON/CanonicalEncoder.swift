import Foundation

/// Encodes values as RFC 8785 bytes; equal values give equal bytes.
///
/// Dates become whole milliseconds since 1970, `Data` base64. Not finite numbers and whole numbers
/// outside ±(2^53 − 1) throw `JSONError`.
package struct CanonicalEncoder: Sendable {
    /// Makes an encoder; it has no settings, because one value has one form.
    package init() {}

    /// The canonical bytes of a value.
    package func encode(_ value: some Encodable) throws(JSONError) -> [UInt8] {
        try jsonValue(of: value).canonicalBytes
    }

    /// The value as a tree, for callers that add or compare members.
    package func jsonValue(of value: some Encodable) throws(JSONError) -> JSONValue {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .custom { date, encoder in
            var container = encoder.singleValueContainer()
            try container.encode(Int64((date.timeIntervalSince1970 * 1000).rounded()))
        }
        let data: Data
        do {
            data = try encoder.encode(value)
        } catch let EncodingError.invalidValue(_, context) {
            throw JSONError(.notEncodable, path: CodingPath.text(of: context.codingPath))
        } catch {
            throw JSONError(.notEncodable)
        }
        return try JSONValue(parsing: [UInt8](data), limits: Self.limits)
    }

    // What we encode ourselves is bounded by the caller; only the stack needs a bound.
    private static let limits = JSONLimits(maximumBytes: .max, maximumDepth: 128)
}
