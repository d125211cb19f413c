/// A Huffman table of lossless JPEG (ITU-T T.81 C, F.2.2.3, H.1.2.2), made for reading differences.
///
/// Codes stand for SSSS, the number of bits of the difference that follow (16: 32768, no bits). A
/// look-up on the next 12 bits gives code *and* difference at once where both fit, which they
/// mostly do in CT.
struct HuffmanTable {
    static let lookaheadBits = 12

    /// One entry for each value of the next 12 bits.
    ///
    /// Bits 0–5: length of code and difference together, 0 if they do not fit; then bits 6–10 are
    /// the length of the code alone (0: longer than 12 bits) and bits 11–15 SSSS. Bits 16–31: the
    /// difference.
    let lookahead: [UInt32]

    /// First code after those of each length, aligned to 16 bits.
    private let limits: [Int]
    private let firstCodes: [Int]
    private let firstValues: [Int]
    private let values: [UInt8]

    /// Builds the table of a DHT segment.
    ///
    /// `counts` are 16 numbers of codes of length 1 to 16, `values` the SSSS of each code, 0 to
    /// 16, in the order of the codes.
    init(counts: [Int], values: [UInt8]) throws(CodestreamError) {
        precondition(counts.count == 16 && counts.reduce(0, +) == values.count)
        guard values.allSatisfy({ $0 <= 16 }) else {
            throw .malformed("a Huffman value above 16 has no meaning in lossless JPEG")
        }
        var limits = [Int](repeating: 0, count: 17)
        var firstCodes = limits
        var firstValues = limits
        var code = 0
        var value = 0
        for length in 1...16 {
            code <<= 1
            firstCodes[length] = code
            firstValues[length] = value
            code += counts[length - 1]
            value += counts[length - 1]
            guard code <= 1 << length else { throw .malformed("more Huffman codes than bits") }
            limits[length] = code << (16 - length)
        }
        self.limits = limits
        self.firstCodes = firstCodes
        self.firstValues = firstValues
        self.values = values
        lookahead = Self.lookahead(counts: counts, values: values)
    }

    /// Reads SSSS and its code's length from the next 16 bits; nil if no code begins so.
    func category(next16 bits: Int) -> (category: Int, length: Int)? {
        for length in 1...16 where bits < limits[length] {
            let index = firstValues[length] + bits >> (16 - length) - firstCodes[length]
            return (Int(values[index]), length)
        }
        return nil
    }

    /// The difference that `category` bits stand for (T.81 F.2.2.1, EXTEND).
    @inline(__always)
    static func difference(bits: Int32, category: Int32) -> Int32 {
        bits < 1 &<< (category &- 1) ? bits &- (1 &<< category) &+ 1 : bits
    }

    private static func lookahead(counts: [Int], values: [UInt8]) -> [UInt32] {
        var table = [UInt32](repeating: 0, count: 1 << lookaheadBits)
        var position = 0
        var index = 0
        for length in 1...lookaheadBits {
            for _ in 0..<counts[length - 1] {
                let category = Int(values[index])
                let span = 1 << (lookaheadBits - length)
                for low in 0..<span {
                    table[position + low] = entry(
                        low: low,
                        lowBits: lookaheadBits - length,
                        length: length,
                        category: category
                    )
                }
                position += span
                index += 1
            }
        }
        return table
    }

    /// The entry for a code of `length` bits followed by the `lowBits` bits `low`.
    private static func entry(low: Int, lowBits: Int, length: Int, category: Int) -> UInt32 {
        if category == 0 { return UInt32(length) }
        if category == 16 { return UInt32(length) | 0x8000_0000 }
        guard category <= lowBits else { return UInt32(length << 6 | category << 11) }
        let value = difference(
            bits: Int32(low >> (lowBits - category)),
            category: Int32(category)
        )
        return UInt32(length + category)
            | UInt32(UInt16(bitPattern: Int16(truncatingIfNeeded: value))) << 16
    }
}
