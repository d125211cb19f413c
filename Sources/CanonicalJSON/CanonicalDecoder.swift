import Foundation

/// Decodes values from JSON that passed the strict parser first.
package struct CanonicalDecoder: Sendable {
    private let limits: JSONLimits

    /// Makes a decoder with limits for the document.
    package init(limits: JSONLimits = .standard) {
        self.limits = limits
    }

    /// Decodes a value; throws `JSONError` with the path of the member that does not fit.
    package func decode<Value: Decodable>(
        _ type: Value.Type,
        from bytes: [UInt8]
    ) throws(JSONError) -> Value {
        let value = try JSONValue(parsing: bytes, limits: limits)
        return try decode(type, from: value)
    }

    /// Decodes a value from a tree that was parsed before.
    package func decode<Value: Decodable>(
        _ type: Value.Type,
        from value: JSONValue
    ) throws(JSONError) -> Value {
        if let same = value as? Value { return same }
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let milliseconds = try decoder.singleValueContainer().decode(Int64.self)
            return Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        }
        do {
            return try decoder.decode(type, from: Data(value.canonicalBytes))
        } catch let error as DecodingError {
            throw JSONError(.notDecodable, path: CodingPath.text(of: error))
        } catch {
            throw JSONError(.notDecodable)
        }
    }
}
