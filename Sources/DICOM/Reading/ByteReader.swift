/// A position in bytes, with reads that never leave them.
struct ByteReader {
    /// The whole input.
    let bytes: [UInt8]

    /// The next byte to read.
    var offset: Int

    /// The 16-bit number at a place that the caller has checked to exist.
    func uint16(at index: Int, bigEndian: Bool) -> UInt16 {
        let first = UInt16(bytes[index])
        let second = UInt16(bytes[index + 1])
        return bigEndian ? first << 8 | second : second << 8 | first
    }

    /// The 32-bit number at a place that the caller has checked to exist.
    func uint32(at index: Int, bigEndian: Bool) -> UInt32 {
        let first = UInt32(uint16(at: index, bigEndian: bigEndian))
        let second = UInt32(uint16(at: index + 2, bigEndian: bigEndian))
        return bigEndian ? first << 16 | second : second << 16 | first
    }

    /// The tag at a place that the caller has checked to exist.
    func tag(at index: Int, bigEndian: Bool) -> Tag {
        Tag(
            uint16(at: index, bigEndian: bigEndian),
            uint16(at: index + 2, bigEndian: bigEndian)
        )
    }

    /// Whether two capital letters stand where an explicit representation would.
    func hasRepresentation(at index: Int) -> Bool {
        VR.isLetter(bytes[index + 4]) && VR.isLetter(bytes[index + 5])
    }
}
