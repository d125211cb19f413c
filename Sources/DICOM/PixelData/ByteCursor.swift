/// A bounds-checked reading position in the bytes of one frame (big-endian, as JPEG has it).
struct ByteCursor {
    let bytes: [UInt8]
    private(set) var offset: Int
    let end: Int

    init(_ bytes: [UInt8], from offset: Int = 0, to end: Int? = nil) {
        self.bytes = bytes
        self.offset = offset
        self.end = end ?? bytes.count
    }

    var remaining: Int { end - offset }

    mutating func uint8() throws(CodestreamError) -> Int {
        guard offset < end else {
            throw .truncated("the bytes end within a header", at: offset)
        }
        defer { offset += 1 }
        return Int(bytes[offset])
    }

    mutating func uint16() throws(CodestreamError) -> Int {
        try uint8() << 8 | uint8()
    }

    mutating func uint32() throws(CodestreamError) -> Int {
        try uint16() << 16 | uint16()
    }

    mutating func skip(_ count: Int) throws(CodestreamError) {
        guard count >= 0, count <= remaining else {
            throw .truncated("a header reaches beyond the bytes", at: offset)
        }
        offset += count
    }

    /// Takes a segment whose first two bytes are its length, themselves included (T.81 B.1.1.4).
    mutating func segment() throws(CodestreamError) -> ByteCursor {
        let start = offset
        let length = try uint16()
        guard length >= 2 else { throw .malformed("marker segment of length \(length)", at: start) }
        try skip(length - 2)
        return ByteCursor(bytes, from: start + 2, to: offset)
    }
}
