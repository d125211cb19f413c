import DICOM
import Testing

@Suite struct NativePixelTests {
    @Test func `bits above the stored ones are removed and the sign is extended`() throws {
        let bytes: [UInt8] = [0xFF, 0xFF, 0x00, 0xF8, 0xFF, 0x07, 0x01, 0xA0]
        let unsigned = PixelImage(rows: 2, columns: 2, bitsStored: 12)
        #expect(try unsigned.decode(native: bytes) == [4095, 2048, 2047, 1])
        let signed = PixelImage(rows: 2, columns: 2, bitsStored: 12, isSigned: true)
        #expect(try signed.decode(native: bytes) == [-1, -2048, 2047, 1])
    }

    @Test func `a value above unused low bits is shifted down`() throws {
        let image = PixelImage(rows: 1, columns: 2, bitsStored: 12, highBit: 15, isSigned: true)
        #expect(try image.decode(native: [0xF7, 0xFF, 0x35, 0x12]) == [-1, 0x123])
    }

    @Test func `eight and thirty-two bits are read`() throws {
        let byte = PixelImage(rows: 1, columns: 3, bitsAllocated: 8, bitsStored: 8, isSigned: true)
        #expect(try byte.decode(native: [1, 0x80, 0xFF, 0]) == [1, -128, -1])
        let word = PixelImage(
            rows: 1,
            columns: 2,
            bitsAllocated: 32,
            bitsStored: 32,
            isSigned: true
        )
        #expect(
            try word.decode(native: [1, 0, 0, 0x80, 0xFF, 0xFF, 0xFF, 0x7F])
                == [.min + 1, .max]
        )
    }

    @Test func `single bits of a segmentation are read across frames`() throws {
        let image = PixelImage(rows: 1, columns: 5, bitsAllocated: 1, bitsStored: 1, frames: 2)
        let bytes: [UInt8] = [0b1010_0101, 0b0000_0011]
        #expect(try image.decode(native: bytes) == [1, 0, 1, 0, 0])
        #expect(try image.decode(native: bytes, frame: 1) == [1, 0, 1, 1, 1])
    }

    @Test func `planes become pixels`() throws {
        var image = PixelImage(
            rows: 1,
            columns: 2,
            samplesPerPixel: 3,
            bitsAllocated: 8,
            bitsStored: 8,
            planarConfiguration: 1
        )
        #expect(try image.decode(native: [1, 2, 3, 4, 5, 6]) == [1, 3, 5, 2, 4, 6])
        image.planarConfiguration = 0
        #expect(try image.decode(native: [1, 2, 3, 4, 5, 6]) == [1, 2, 3, 4, 5, 6])
    }

    @Test func `frames are chosen and those outside refused`() throws {
        let image = PixelImage(rows: 1, columns: 2, bitsStored: 16, frames: 3)
        let bytes: [UInt8] = (1...6).flatMap { [$0, 0] }
        #expect(try image.decode(native: bytes, frame: 2) == [5, 6])
        #expect(code { try image.decode(native: bytes, frame: 3) } == .frameOutOfRange)
        #expect(code { try image.decode(native: bytes, frame: -1) } == .frameOutOfRange)
        #expect(
            code { try image.decode(native: Array(bytes.dropLast()), frame: 2) }
                == .invalidPixelData
        )
    }

    @Test func `bytes after the last pixel are ignored`() throws {
        let image = PixelImage(rows: 1, columns: 1)
        #expect(try image.decode(native: [7, 0, 0x4E, 0x41, 0x4D, 0x45]) == [7])
    }

    @Test func `a frame becomes native bytes again`() throws {
        let frame = DecodedFrame(
            rows: 1,
            columns: 3,
            bitsStored: 12,
            isSigned: true,
            samples: [-1, 2, -2048]
        )
        #expect(frame.nativeBytes(bitsAllocated: 16) == [0xFF, 0xFF, 2, 0, 0, 0xF8])
        #expect(frame.nativeBytes(bitsAllocated: 8) == [0xFF, 2, 0])
        #expect(frame.nativeBytes(bitsAllocated: 32).count == 12)
    }
}
