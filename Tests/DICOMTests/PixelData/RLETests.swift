import DICOM
import Testing

@Suite struct RLETests {
    @Test(arguments: [1, 3], [1, 2, 4])
    func `round trips give the same samples`(samplesPerPixel: Int, bytesPerSample: Int) throws {
        var noise = TestNoise(seed: 11)
        let bits = min(8 * bytesPerSample, 30)
        let samples = noise.image(count: 19 * 31 * samplesPerPixel, bits: bits).map {
            Int32($0 % 7 == 0 ? $0 : 3)
        }
        let image = PixelImage(
            rows: 19,
            columns: 31,
            samplesPerPixel: samplesPerPixel,
            bitsAllocated: 8 * bytesPerSample,
            bitsStored: bits
        )
        let frame = RLEEncoder.encode(
            samples,
            samplesPerPixel: samplesPerPixel,
            bytesPerSample: bytesPerSample
        )
        #expect(try image.decode(frame, .rleLossless) == samples)
    }

    @Test func `signed values are sign-extended`() throws {
        let frame = RLEEncoder.encode(
            CodestreamVectors.ramp.map { $0 & 0xFFF },
            samplesPerPixel: 1,
            bytesPerSample: 2
        )
        let image = PixelImage(bitsStored: 12, isSigned: true)
        #expect(try image.decode(frame, .rleLossless) == CodestreamVectors.ramp)
    }

    @Test func `the example runs of the standard unpack`() throws {
        let header: [UInt8] = [1, 0, 0, 0, 64] + [UInt8](repeating: 0, count: 59)
        // No-operation, literal of 3, run of 4, literal of 1, padding.
        let packed: [UInt8] = [0x80, 2, 10, 20, 30, 0xFD, 7, 0, 9, 0]
        let image = PixelImage(rows: 2, columns: 4, bitsAllocated: 8, bitsStored: 8)
        #expect(try image.decode(header + packed, .rleLossless) == [10, 20, 30, 7, 7, 7, 7, 9])
    }

    @Test func `segments that are too few, outside or short are refused`() throws {
        let frame = RLEEncoder.encode(
            CodestreamVectors.ramp,
            samplesPerPixel: 1,
            bytesPerSample: 2
        )
        let image = PixelImage()
        #expect(try image.decode(frame, .rleLossless).count == 1280)
        var broken: [[UInt8]] = [[], Array(frame[..<63]), Array(frame[..<100])]
        for (index, value) in [(0, 1), (0, 16), (4, 3), (11, 255)] {
            var other = frame
            other[index] = UInt8(value)
            broken.append(other)
        }
        for frame in broken {
            #expect(code { try image.decode(frame, .rleLossless) } == .invalidPixelData)
        }
    }
}
