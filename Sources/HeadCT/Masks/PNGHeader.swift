/// The IHDR chunk and what follows from it.
struct PNGHeader {
    let width: Int
    let height: Int
    let bitDepth: Int
    let isPalette: Bool

    init(_ data: [UInt8]) throws(HeadCTError) {
        width = Int(data.bigEndianUInt32(at: 0))
        height = Int(data.bigEndianUInt32(at: 4))
        bitDepth = Int(data[8])
        isPalette = data[9] == 3
        guard width > 0, height > 0 else { throw HeadCTError(.malformedPNG, "the size is zero") }
        guard width <= PNGImage.maximumSide, height <= PNGImage.maximumSide else {
            throw HeadCTError(.tooLarge, "a side is longer than \(PNGImage.maximumSide) pixels")
        }
        guard data[9] == 0 || data[9] == 3, [1, 2, 4, 8].contains(bitDepth) else {
            throw HeadCTError(
                .unsupportedPNG,
                "only grey and palette pictures of at most 8 bits are masks"
            )
        }
        guard data[10] == 0, data[11] == 0 else {
            throw HeadCTError(.malformedPNG, "unknown compression or filter method")
        }
        guard data[12] == 0 else {
            throw HeadCTError(.unsupportedPNG, "interlaced; write it without interlace")
        }
    }

    /// The bytes of a row without its filter byte.
    var rowBytes: Int { (width * bitDepth + 7) / 8 }

    /// The bytes of all rows with their filter bytes.
    var rawSize: Int { height * (rowBytes + 1) }

    /// Undoes the filters (PNG section 9); pixels have at most a byte, so the left neighbour is the
    /// byte before.
    func unfiltered(_ raw: [UInt8]) throws(HeadCTError) -> [UInt8] {
        guard raw.count == rawSize else {
            throw HeadCTError(.truncated, "\(raw.count) of \(rawSize) bytes of pixels")
        }
        var lines = [UInt8](repeating: 0, count: height * rowBytes)
        for row in 0..<height {
            let source = row * (rowBytes + 1)
            let filter = raw[source]
            guard filter <= 4 else {
                throw HeadCTError(.malformedPNG, "row \(row) has the unknown filter \(filter)")
            }
            let target = row * rowBytes
            for column in 0..<rowBytes {
                let left = column > 0 ? lines[target + column - 1] : 0
                let above = row > 0 ? lines[target + column - rowBytes] : 0
                let corner = row > 0 && column > 0 ? lines[target + column - rowBytes - 1] : 0
                let predicted = Self.prediction(filter, left: left, above: above, corner: corner)
                lines[target + column] = raw[source + 1 + column] &+ predicted
            }
        }
        return lines
    }

    private static func prediction(
        _ filter: UInt8,
        left: UInt8,
        above: UInt8,
        corner: UInt8
    ) -> UInt8 {
        switch filter {
        case 1: left
        case 2: above
        case 3: UInt8((Int(left) + Int(above)) / 2)
        case 4: paeth(Int(left), Int(above), Int(corner))
        default: 0
        }
    }

    private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> UInt8 {
        let estimate = left + above - corner
        let distances = (abs(estimate - left), abs(estimate - above), abs(estimate - corner))
        if distances.0 <= distances.1, distances.0 <= distances.2 { return UInt8(left) }
        return UInt8(distances.1 <= distances.2 ? above : corner)
    }

    /// One sample a byte.
    func unpacked(_ lines: [UInt8]) -> [UInt8] {
        if bitDepth == 8 { return lines }
        var samples: [UInt8] = []
        samples.reserveCapacity(width * height)
        let perByte = 8 / bitDepth
        let mask = UInt8(1 << bitDepth - 1)
        for row in 0..<height {
            for column in 0..<width {
                let byte = lines[row * rowBytes + column / perByte]
                let shift = 8 - bitDepth * (column % perByte + 1)
                samples.append(byte >> UInt8(shift) & mask)
            }
        }
        return samples
    }
}
