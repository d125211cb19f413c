/// The bit position in one restart interval; reads Huffman-coded differences, most significant bit
/// first.
///
/// Reading never fails half-way: beyond the end there are zero bits, and `isExhausted` and
/// `foundInvalidCode` say so when a row is done. That keeps the inner loop free of branches.
struct DifferenceReader {
    /// The next bits, aligned to the top; those below `count` are a valid preview.
    private var bits: UInt64 = 0
    private var count = 0
    private var position: Int
    private let end: Int
    private(set) var foundInvalidCode = false

    /// Starts at a segment of ``EntropyCodedData/bytes``.
    init(segment: Range<Int>) {
        position = segment.lowerBound
        end = segment.upperBound
    }

    /// Whether more bits were taken than the segment holds.
    var isExhausted: Bool { position * 8 - count > end * 8 }

    /// Reads the next difference, modulo 2^16 (T.81 H.1.2.2).
    @inline(__always)
    mutating func next(
        _ bytes: RawSpan,
        _ lookahead: Span<UInt32>,
        _ table: HuffmanTable
    ) -> Int32 {
        refill(bytes)
        let index = Int(truncatingIfNeeded: bits &>> UInt64(64 - HuffmanTable.lookaheadBits))
        let entry = lookahead[index]
        let length = Int(entry & 63)
        if length != 0 {
            drop(length)
            return Int32(bitPattern: entry) &>> 16
        }
        return longDifference(entry, table)
    }

    @inline(__always)
    private mutating func refill(_ bytes: RawSpan) {
        if position <= bytes.byteCount - 8 {
            // Bounds-checked by the span; any 64 bits are a valid UInt64.
            let word = unsafe bytes.unsafeLoadUnaligned(
                fromByteOffset: position,
                as: UInt64.self
            )
            bits |= word.bigEndian &>> UInt64(truncatingIfNeeded: count)
        }
        position &+= (63 &- count) &>> 3
        count |= 56
    }

    @inline(__always)
    private mutating func drop(_ length: Int) {
        bits = bits &<< UInt64(truncatingIfNeeded: length)
        count &-= length
    }

    /// Code and difference that do not fit into the look-ahead; at most 31 bits, and 56 are there.
    @inline(never)
    private mutating func longDifference(_ entry: UInt32, _ table: HuffmanTable) -> Int32 {
        var length = Int(entry >> 6 & 31)
        var category = Int(entry >> 11 & 31)
        if length == 0 {
            guard let found = table.category(next16: Int(bits >> 48)) else {
                foundInvalidCode = true
                return 0
            }
            (category, length) = found
        }
        drop(length)
        if category == 0 { return 0 }
        if category == 16 { return 32768 }
        let value = Int32(truncatingIfNeeded: bits >> UInt64(64 - category))
        drop(category)
        return HuffmanTable.difference(bits: value, category: Int32(category))
    }
}
