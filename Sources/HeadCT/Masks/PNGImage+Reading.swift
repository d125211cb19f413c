extension PNGImage {
    /// Reads a picture.
    ///
    /// - Throws: `malformed-png`, `truncated`, `too-large`, `damaged-compression`, or
    ///   `unsupported-png` for colour, 16 bits and interlaced files.
    package init(reading bytes: [UInt8]) throws(HeadCTError) {
        guard bytes.starts(with: Self.signature) else {
            throw HeadCTError(.malformedPNG, "the file does not begin as a PNG does")
        }
        var chunks = PNGChunks(bytes: bytes, offset: Self.signature.count)
        guard let first = try chunks.next(), first.type == "IHDR", first.data.count == 13 else {
            throw HeadCTError(.malformedPNG, "the first chunk is not IHDR")
        }
        let header = try PNGHeader(Array(first.data))
        var palette: [SIMD3<UInt8>] = []
        var compressed: [UInt8] = []
        while let chunk = try chunks.next(), chunk.type != "IEND" {
            if chunk.type == "PLTE" {
                palette = try Self.palette(Array(chunk.data))
            } else if chunk.type == "IDAT" {
                compressed += chunk.data
            } else if chunk.isCritical {
                throw HeadCTError(.unsupportedPNG, "an unknown critical chunk")
            }
        }
        let raw = try Deflate.inflate(compressed, wrapping: .zlib, limit: header.rawSize)
        let lines = try header.unfiltered(raw)
        let samples = header.unpacked(lines)
        if header.isPalette {
            guard let highest = samples.max(), Int(highest) < palette.count else {
                throw HeadCTError(.malformedPNG, "a pixel points outside the palette")
            }
        }
        self.init(
            width: header.width,
            height: header.height,
            kind: header.isPalette ? .palette(palette) : .grey,
            bitDepth: header.bitDepth,
            samples: samples
        )
    }

    private static func palette(_ data: [UInt8]) throws(HeadCTError) -> [SIMD3<UInt8>] {
        guard data.count.isMultiple(of: 3), (1...256).contains(data.count / 3) else {
            throw HeadCTError(.malformedPNG, "the palette has \(data.count) bytes")
        }
        return stride(from: 0, to: data.count, by: 3).map {
            SIMD3(data[$0], data[$0 + 1], data[$0 + 2])
        }
    }
}
