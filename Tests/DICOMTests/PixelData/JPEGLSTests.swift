import DICOM
import Testing

@Suite struct JPEGLSTests {
    @Test func `signed values of fewer bits than allocated keep their sign`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit)
        let image = PixelImage(bitsStored: 12, isSigned: true)
        #expect(try image.decode(stream, .jpegLSLossless) == CodestreamVectors.ramp)
    }

    @Test func `near-lossless values stay within their bound`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpegLSNear2)
        let decoded = try PixelImage(bitsStored: 12).decode(stream, .jpegLSNearLossless)
        let differences = zip(decoded, CodestreamVectors.ramp).map { abs($0 - $1 - 1000) }
        #expect(differences.max() == 2)
    }

    @Test(arguments: [
        CodestreamVectors.jpegLSColourPlanes, CodestreamVectors.jpegLSColourLines,
        CodestreamVectors.jpegLSColourSamples,
    ])
    func `colours of every interleave mode come out interleaved`(vector: String) throws {
        let image = PixelImage(samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8)
        let decoded = try image.decode(CodestreamVectors.bytes(vector), .jpegLSLossless)
        #expect(decoded == CodestreamVectors.colours)
    }

    @Test func `zero bytes before the end marker do no harm`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit)
        let image = PixelImage(bitsStored: 12, isSigned: true)
        let padded = stream.dropLast(2) + [0, 0xFF, 0xD9, 0]
        #expect(try image.decode(Array(padded), .jpegLSLossless) == CodestreamVectors.ramp)
    }

    @Test func `comments are skipped`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit)
        let comment: [UInt8] = [0xFF, 0xFE, 0, 4, 0x41, 0x42]
        let image = PixelImage(bitsStored: 12, isSigned: true)
        let commented = stream[..<2] + comment + stream[2...]
        #expect(try image.decode(Array(commented), .jpegLSLossless) == CodestreamVectors.ramp)
    }

    @Test func `another size or a cut stream is refused`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpegLS12Bit)
        for image in [
            PixelImage(rows: 33), PixelImage(columns: 41), PixelImage(samplesPerPixel: 3),
        ] {
            #expect(code { try image.decode(stream, .jpegLSLossless) } == .invalidPixelData)
        }
        for length in [0, 1, 10, 30, 200, stream.count - 3] {
            let cut = Array(stream[..<length])
            #expect(code { try PixelImage().decode(cut, .jpegLSLossless) } == .invalidPixelData)
        }
    }
}
