package import CanonicalJSON

/// Messages as bytes: canonical JSON out, strict JSON in.
package enum WireCodec {
    /// The canonical bytes of a message.
    package static func encode(_ message: some Encodable) throws(JSONError) -> [UInt8] {
        try CanonicalEncoder().encode(message)
    }

    /// Reads a message; unknown members are ignored, depth is limited to 32.
    package static func decode<Message: Decodable>(
        _ type: Message.Type,
        from bytes: [UInt8]
    ) throws(JSONError) -> Message {
        try CanonicalDecoder().decode(type, from: bytes)
    }
}
