import Foundation
import HeadCT
import Testing

struct NIfTIImageTests {
    private let image = NIfTIImage(
        size: SIMD3(3, 4, 2),
        affine: AffineTransform(
            first: SIMD3(-0.5, 0, 0),
            second: SIMD3(0, -0.5, 0.25),
            third: SIMD3(0, 0.5, 4),
            origin: SIMD3(10, -20, 30)
        ),
        values: (0..<24).map { Float($0) }
    )

    @Test(arguments: [true, false]) func `an image survives`(isCompressed: Bool) throws {
        for storage in [NIfTIImage.Storage.uint8, .int16] {
            let bytes = try image.encoded(as: storage, compressed: isCompressed)
            #expect(try NIfTIImage(reading: bytes) == image)
            #expect(try image.encoded(as: storage, compressed: isCompressed) == bytes)
        }
    }

    @Test func `affine and inverse agree`() throws {
        let affine = try #require(image.affine)
        let voxel = SIMD3(1.5, -2, 7.25)
        let again = affine.voxel(at: affine.place(of: voxel))
        #expect((again - voxel).squareLength < 1e-20)
    }

    private func plain(_ change: (inout [UInt8]) -> Void) throws -> [UInt8] {
        var bytes = try image.encoded(compressed: false)
        change(&bytes)
        return bytes
    }

    @Test func `without sform the qform counts, and without both there is no place`() throws {
        func put(_ value: Float, _ offset: Int, _ bytes: inout [UInt8]) {
            for index in 0..<4 {
                bytes[offset + index] = UInt8(truncatingIfNeeded: value.bitPattern >> (8 * index))
            }
        }
        let quaternion = try NIfTIImage(
            reading: plain { bytes in
                bytes[254] = 0
                bytes[252] = 1
                // Half a turn about z: x and y reversed.
                put(0, 256, &bytes)
                put(0, 260, &bytes)
                put(1, 264, &bytes)
                put(5, 268, &bytes)
                put(6, 272, &bytes)
                put(7, 276, &bytes)
                for (index, size) in [Float(0.5), 0.5, 4].enumerated() {
                    put(size, 80 + 4 * index, &bytes)
                }
            }
        )
        let affine = try #require(quaternion.affine)
        #expect(affine.axes.first == SIMD3(-0.5, 0, 0))
        #expect(affine.axes.second == SIMD3(0, -0.5, 0))
        #expect(affine.axes.third == SIMD3(0, 0, 4))
        #expect(affine.origin == SIMD3(5, 6, 7))
        #expect(try NIfTIImage(reading: plain { $0[254] = 0 }).affine == nil)
    }

    @Test func `damaged headers are refused with a reason`() throws {
        let cases: [(HeadCTError.Code, (inout [UInt8]) -> Void)] = [
            (.malformedNIfTI, { $0[0] = 0 }), (.unsupportedNIfTI, { $0[344] = 0x69 }),
            (.unsupportedNIfTI, { $0[70] = 128 }), (.malformedNIfTI, { $0[42] = 0 }),
            (.malformedNIfTI, { $0[41] = 0x80 }), (.malformedNIfTI, { $0[111] = 0 }),
            (.truncated, { $0.removeLast() }), (.truncated, { $0.removeLast($0.count - 100) }),
            (
                .tooLarge,
                { bytes in
                    for index in [43, 45, 47] { bytes[index] = 0x7F }
                }
            ),
            (.malformedNIfTI, { bytes in for index in 280..<328 { bytes[index] = 0 } }),
        ]
        for (expected, change) in cases {
            let bytes = try plain(change)
            #expect(code { _ = try NIfTIImage(reading: bytes) } == expected)
        }
    }

    @Test func `a truncated gzip stream is an error`() throws {
        let bytes = try image.encoded()
        for length in stride(from: 2, to: bytes.count - 1, by: 5) {
            #expect(throws: HeadCTError.self) { try NIfTIImage(reading: Array(bytes[..<length])) }
        }
    }
}
