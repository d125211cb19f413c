extension PNGImage {
    /// The file: 8 bits a sample, no filter, no metadata; equal pictures give equal bytes.
    package func encoded() throws(HeadCTError) -> [UInt8] {
        var raw: [UInt8] = []
        raw.reserveCapacity(height * (width + 1))
        for row in 0..<height {
            raw.append(0)
            raw += samples[row * width..<(row + 1) * width]
        }
        var file = Self.signature
        var header = Self.bigEndian(UInt32(width)) + Self.bigEndian(UInt32(height))
        switch kind {
        case .grey:
            header += [8, 0, 0, 0, 0]
            file += Self.chunk("IHDR", header)
        case .palette(let colours):
            header += [8, 3, 0, 0, 0]
            file += Self.chunk("IHDR", header)
            file += Self.chunk("PLTE", colours.flatMap { [$0.x, $0.y, $0.z] })
        }
        file += Self.chunk("IDAT", try Deflate.deflate(raw, wrapping: .zlib))
        file += Self.chunk("IEND", [])
        return file
    }

    private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(type.utf8) + data
        return bigEndian(UInt32(data.count)) + body + bigEndian(Deflate.crc32(body))
    }

    private static func bigEndian(_ value: UInt32) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
