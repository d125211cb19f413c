import HeadCT
import Testing

struct PNGImageTests {
    private let samples: [UInt8] = (0..<35).map { $0 % 6 }

    @Test func `a grey picture survives`() throws {
        let image = PNGImage(width: 7, height: 5, samples: samples)
        let bytes = try image.encoded()
        #expect(try PNGImage(reading: bytes) == image)
        #expect(try image.encoded() == bytes)
    }

    @Test func `a palette picture survives`() throws {
        let image = PNGImage(
            width: 5,
            height: 7,
            kind: .palette(MaskImage.palette),
            samples: samples
        )
        #expect(try PNGImage(reading: image.encoded()) == image)
    }

    // Written by Python's zlib: 5 x 5, palette of 6, 4 bits, filters 0 (none) to 4 (Paeth).
    private let filtered = Vectors.fourBitPaletteWithAllFilters

    @Test func `packed samples and all five filters are undone`() throws {
        let image = try PNGImage(reading: filtered)
        #expect(image.bitDepth == 4)
        #expect(image.samples == Vectors.fourBitPaletteSamples)
    }

    @Test func `every truncation is an error and not a crash`() {
        for length in 0..<filtered.count - 12 {
            #expect(throws: HeadCTError.self) { try PNGImage(reading: Array(filtered[..<length])) }
        }
    }

    @Test func `every damaged byte of the chunks is noticed`() {
        for index in 8..<filtered.count - 12 {
            var damaged = filtered
            damaged[index] ^= 0x10
            #expect(throws: HeadCTError.self) { try PNGImage(reading: damaged) }
        }
    }

    @Test func `what is no mask is refused with a reason`() {
        for (bytes, expected) in [
            (Vectors.rgbPNG, HeadCTError.Code.unsupportedPNG),
            (Vectors.interlacedPNG, .unsupportedPNG), (Vectors.hugePNG, .tooLarge),
            (Vectors.bombPNG, .tooLarge), (Vectors.shortPNG, .truncated),
            (Array("GIF89a".utf8), .malformedPNG),
        ] {
            #expect(code { _ = try PNGImage(reading: bytes) } == expected)
        }
    }

    @Test func `a mask survives its stored form`() throws {
        let classes: [UInt8] = [0, 1, 2, 3, 4, 5, 255, 0]
        let mask = try MaskImage(rows: 2, columns: 4, classes: classes)
        #expect(try MaskImage(png: mask.png()) == mask)
        #expect(mask.pixelCounts == [1: 1, 2: 1, 3: 1, 4: 1, 5: 1, 255: 1])
    }

    @Test func `a grey level that is no class is refused`() throws {
        let image = PNGImage(width: 2, height: 1, samples: [0, 7])
        #expect(code { _ = try MaskImage(png: image.encoded()) } == .unknownMaskClass)
    }

    @Test func `a picture of one bit means unspecified haemorrhage`() throws {
        let mask = try MaskImage(png: Vectors.bilevelPNG)
        #expect(mask.classes == [0, 255, 255, 0])
    }
}
