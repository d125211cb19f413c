import DICOM
import Foundation
import Testing

/// Samples of 6 to 16 bits and either sign: what other decoders are known to get wrong.
@Suite struct PrecisionTests {
    struct Vector: Sendable, CustomTestStringConvertible {
        let format: String
        let bits: Int
        let bytes: [UInt8]
        var testDescription: String { "\(format), \(bits) bits" }

        var syntax: TransferSyntax { format == "jpeg-ls" ? .jpegLSLossless : .jpeg2000Lossless }
    }

    static let vectors: [Vector] = PrecisionVectors.table.split(separator: "\n").compactMap {
        line in
        let fields = line.split(separator: " ")
        guard fields.count == 3, let bits = Int(fields[1]),
            let data = Data(base64Encoded: String(fields[2]))
        else { return nil }
        return Vector(format: String(fields[0]), bits: bits, bytes: [UInt8](data))
    }

    /// Values over the whole range of two's complement.
    static func values(bits: Int) -> [Int32] {
        let top = 1 << bits - 1
        return (0..<1024).map { index in
            Int32(min(top, index * top / 1023 + index % 3) - 1 << (bits - 1))
        }
    }

    static func image(_ bits: Int, isSigned: Bool, bitsStored: Int? = nil) -> PixelImage {
        PixelImage(
            rows: 32,
            columns: 32,
            bitsAllocated: 16,
            bitsStored: bitsStored ?? bits,
            isSigned: isSigned
        )
    }

    @Test func `every vector is there`() {
        #expect(Self.vectors.count == 21)
    }

    @Test(arguments: vectors)
    func `the data set's sign and bits decide`(vector: Vector) throws {
        let signed = Self.values(bits: vector.bits)
        let image = Self.image(vector.bits, isSigned: true)
        #expect(try image.decode(vector.bytes, vector.syntax) == signed)
        let mask = Int32(1 << vector.bits - 1)
        let unsigned = Self.image(vector.bits, isSigned: false)
        #expect(try unsigned.decode(vector.bytes, vector.syntax) == signed.map { $0 & mask })
    }

    @Test(arguments: vectors.filter { $0.bits < 16 })
    func `fewer bits in the codestream than stored keep their sign`(vector: Vector) throws {
        let image = Self.image(vector.bits, isSigned: true, bitsStored: 16)
        #expect(try image.decode(vector.bytes, vector.syntax) == Self.values(bits: vector.bits))
    }

    @Test(arguments: vectors)
    func `comments and padding change nothing and stay nowhere`(vector: Vector) throws {
        let comment: [UInt8] = Array("Quillworth".utf8)
        let isJPEG2000 = vector.syntax == .jpeg2000Lossless
        // JPEG-LS: COM after SOI. JPEG 2000: COM, with its registration, after SIZ.
        let head: [UInt8] = isJPEG2000 ? [0xFF, 0x64, 0, 14, 0, 1] : [0xFF, 0xFE, 0, 12]
        let place = isJPEG2000 ? 4 + Int(vector.bytes[4]) << 8 + Int(vector.bytes[5]) : 2
        var bytes = vector.bytes
        bytes.insert(contentsOf: head + comment, at: place)
        let image = Self.image(vector.bits, isSigned: true)
        for padding in [[], [0], [0, 0, 0], [UInt8](repeating: 0xFF, count: 2)] as [[UInt8]] {
            #expect(
                try image.decode(bytes + padding, vector.syntax) == Self.values(bits: vector.bits)
            )
        }
    }

    @Test(arguments: [6, 7, 8, 9, 12, 13, 16])
    func `JPEG Lossless and RLE keep bits and sign`(bits: Int) throws {
        let signed = Self.values(bits: bits)
        let mask = 1 << bits - 1
        let encoder = JPEGLosslessEncoder(
            rows: 32,
            columns: 32,
            precision: bits,
            extraSegments: [0xFF, 0xFE, 0, 4, 0x41, 0x42]
        )
        let image = Self.image(bits, isSigned: true)
        let stream = encoder.encode(signed.map { Int($0) & mask })
        for padding in [[], [0], [0xFF, 0xFF]] as [[UInt8]] {
            let padded = stream[..<(stream.count - 2)] + padding + [0xFF, 0xD9, 0]
            #expect(try image.decode(Array(padded), .jpegLosslessSV1) == signed)
        }
        let packed = RLEEncoder.encode(signed, samplesPerPixel: 1, bytesPerSample: 2)
        #expect(try image.decode(packed, .rleLossless) == signed)
        // An overlay in the bits above is cut.
        let drawn = signed.map { $0 & Int32(mask) | (bits < 16 ? 1 << 15 : 0) }
        let overlaid = RLEEncoder.encode(drawn, samplesPerPixel: 1, bytesPerSample: 2)
        #expect(try image.decode(overlaid, .rleLossless) == signed)
    }
}
