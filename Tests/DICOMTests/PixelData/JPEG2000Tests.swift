import DICOM
import Testing

@Suite struct JPEG2000Tests {
    @Test(arguments: [
        CodestreamVectors.jpeg2000Signed13Bit, CodestreamVectors.jpeg2000Unsigned13Bit,
        CodestreamVectors.jp2FileSigned13Bit,
    ])
    func `the header's sign wins over the codestream's`(vector: String) throws {
        let stream = try CodestreamVectors.bytes(vector)
        let signed = PixelImage(bitsStored: 13, isSigned: true)
        #expect(try signed.decode(stream, .jpeg2000Lossless) == CodestreamVectors.ramp)
        let unsigned = PixelImage(bitsStored: 13)
        #expect(
            try unsigned.decode(stream, .jpeg2000Lossless)
                == CodestreamVectors.ramp.map { $0 & 0x1FFF }
        )
    }

    @Test func `a codestream of fewer bits than stored keeps its sign`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Unsigned13Bit)
        let image = PixelImage(bitsStored: 16, isSigned: true)
        #expect(try image.decode(stream, .jpeg2000) == CodestreamVectors.ramp)
    }

    @Test func `colours come out interleaved`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Colour)
        let image = PixelImage(samplesPerPixel: 3, bitsAllocated: 8, bitsStored: 8)
        #expect(try image.decode(stream, .jpeg2000Lossless) == CodestreamVectors.colours)
    }

    @Test func `another size or a cut stream is refused`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Signed13Bit)
        for image in [
            PixelImage(rows: 33), PixelImage(columns: 41), PixelImage(samplesPerPixel: 3),
        ] {
            #expect(code { try image.decode(stream, .jpeg2000Lossless) } == .invalidPixelData)
        }
        for length in [0, 1, 10, 60, 200, stream.count - 40] {
            let cut = Array(stream[..<length])
            #expect(code { try PixelImage().decode(cut, .jpeg2000Lossless) } == .invalidPixelData)
        }
    }

    @Test func `absurd tiles, layers and precincts are refused before memory is taken`() throws {
        let stream = try CodestreamVectors.bytes(CodestreamVectors.jpeg2000Signed13Bit)
        var tiles = stream
        // XTsiz and YTsiz of 1: one tile a pixel would be 1,280; with YTsiz huge offsets more.
        tiles.replaceSubrange(24..<32, with: [0, 0, 0, 0, 0, 0, 0, 0])
        #expect(code { try PixelImage().decode(tiles, .jpeg2000Lossless) } == .invalidPixelData)
        let style = try #require(
            (0..<stream.count - 1).first { stream[$0] == 0xFF && stream[$0 + 1] == 0x52 }
        )
        var levels = stream
        levels[style + 9] = 200
        #expect(code { try PixelImage().decode(levels, .jpeg2000Lossless) } == .invalidPixelData)
        var layers = stream
        layers.replaceSubrange(style + 6..<style + 8, with: [0xFF, 0xFF])
        layers[style + 4] |= 1
        #expect(code { try PixelImage().decode(layers, .jpeg2000Lossless) } == .invalidPixelData)
    }
}
