/// A picture of 8-bit grey values.
package struct GreyPicture: Hashable, Sendable {
    /// The number of columns.
    package let width: Int
    /// The number of rows.
    package let height: Int
    /// The grey values, row by row from the top.
    package let pixels: [UInt8]

    /// Makes a picture; there is a value for every pixel.
    package init(width: Int, height: Int, pixels: [UInt8]) {
        precondition(pixels.count == width * height, "a picture has a value for every pixel")
        self.width = width
        self.height = height
        self.pixels = pixels
    }

    /// Pictures of one height side by side.
    package static func row(_ pictures: [GreyPicture]) -> GreyPicture {
        let height = pictures.map(\.height).min() ?? 0
        var pixels: [UInt8] = []
        for line in 0..<height {
            for picture in pictures {
                pixels += picture.pixels[line * picture.width..<(line + 1) * picture.width]
            }
        }
        let width = pictures.reduce(0) { $0 + $1.width }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    /// Pictures of one width below each other.
    package static func column(_ pictures: [GreyPicture]) -> GreyPicture {
        let width = pictures.map(\.width).min() ?? 0
        var pixels: [UInt8] = []
        for picture in pictures {
            for line in 0..<picture.height {
                pixels += picture.pixels[line * picture.width..<line * picture.width + width]
            }
        }
        let height = pictures.reduce(0) { $0 + $1.height }
        return GreyPicture(width: width, height: height, pixels: pixels)
    }

    /// The picture with every pixel repeated, for readers that need large letters.
    package func enlarged(by scale: Int) -> GreyPicture {
        precondition(scale > 0, "a scale is positive")
        var larger: [UInt8] = []
        larger.reserveCapacity(pixels.count * scale * scale)
        for line in 0..<height {
            let row = pixels[line * width..<(line + 1) * width].flatMap {
                repeatElement($0, count: scale)
            }
            for _ in 0..<scale { larger += row }
        }
        return GreyPicture(width: width * scale, height: height * scale, pixels: larger)
    }

    /// The picture as a PNG file with stored, uncompressed data (RFC 2083, RFC 1950, RFC 1951).
    package var png: [UInt8] {
        var lines: [UInt8] = []
        for line in 0..<height {
            lines.append(0)
            lines += pixels[line * width..<(line + 1) * width]
        }
        let header = Self.bytes(UInt32(width)) + Self.bytes(UInt32(height)) + [8, 0, 0, 0, 0]
        return [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
            + Self.chunk("IHDR", header) + Self.chunk("IDAT", Self.stored(lines))
            + Self.chunk("IEND", [])
    }

    private static func bytes(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
    }

    private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + data
        return bytes(UInt32(data.count)) + body + bytes(crc(body))
    }

    private static func stored(_ data: [UInt8]) -> [UInt8] {
        var result: [UInt8] = [0x78, 0x01]
        var start = 0
        repeat {
            let end = min(data.count, start + 65535)
            let count = UInt16(end - start)
            result.append(end == data.count ? 1 : 0)
            for half in [count, ~count] {
                result.append(UInt8(truncatingIfNeeded: half))
                result.append(UInt8(half >> 8))
            }
            result += data[start..<end]
            start = end
        } while start < data.count
        return result + bytes(adler(data))
    }

    private static func adler(_ data: [UInt8]) -> UInt32 {
        var (a, b) = (UInt32(1), UInt32(0))
        for byte in data {
            a = (a + UInt32(byte)) % 65521
            b = (b + a) % 65521
        }
        return b << 16 | a
    }

    private static func crc(_ data: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in data {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
        }
        return ~crc
    }
}
