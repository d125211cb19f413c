import Foundation

/// A value as JSON with sorted keys, and what is read back from it.
func roundTrip<Value: Codable>(_ value: Value) throws -> (text: String, value: Value) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(value)
    return (
        String(decoding: data, as: UTF8.self), try JSONDecoder().decode(Value.self, from: data)
    )
}
