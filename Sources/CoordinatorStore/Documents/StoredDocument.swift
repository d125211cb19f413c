import CanonicalJSON

/// JSON documents as text columns, in canonical form.
enum StoredDocument {
    static func text(of value: some Encodable) throws -> String {
        String(decoding: try CanonicalEncoder().encode(value), as: UTF8.self)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        do {
            return try CanonicalDecoder().decode(type, from: Array(text.utf8))
        } catch {
            throw CoordinatorStoreError(.damaged, "a stored document cannot be read: \(error)")
        }
    }
}
