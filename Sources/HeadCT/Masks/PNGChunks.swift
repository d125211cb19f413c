/// The chunks of a PNG file, checked as they are read.
struct PNGChunks {
    struct Chunk {
        let type: String
        let isCritical: Bool
        let data: ArraySlice<UInt8>
    }

    let bytes: [UInt8]
    var offset: Int

    /// The next chunk; nil at the end of the file.
    mutating func next() throws(HeadCTError) -> Chunk? {
        if offset == bytes.count { return nil }
        guard bytes.count - offset >= 12 else {
            throw HeadCTError(.truncated, "a chunk at offset \(offset) is cut off")
        }
        let length = Int(bytes.bigEndianUInt32(at: offset))
        guard length <= bytes.count - offset - 12 else {
            throw HeadCTError(.truncated, "a chunk at offset \(offset) is cut off")
        }
        let end = offset + 8 + length
        guard Deflate.crc32(bytes[offset + 4..<end]) == bytes.bigEndianUInt32(at: end) else {
            throw HeadCTError(.malformedPNG, "the checksum of a chunk at offset \(offset) is wrong")
        }
        let type = bytes[offset + 4..<offset + 8]
        defer { offset = end + 4 }
        return Chunk(
            type: String(decoding: type, as: UTF8.self),
            isCritical: type[offset + 4] & 0x20 == 0,
            data: bytes[offset + 8..<end]
        )
    }
}

extension [UInt8] {
    /// Four bytes, most significant first, as PNG has them.
    func bigEndianUInt32(at offset: Int) -> UInt32 {
        var result: UInt32 = 0
        for byte in self[offset..<offset + 4] { result = result << 8 | UInt32(byte) }
        return result
    }
}
