import DICOM
import Testing

@Suite struct EncapsulatedFramesTests {
    private static let frames: [[UInt8]] = (0..<3).map { index in
        JPEGLosslessEncoder(rows: 3, columns: 4).encode([Int](repeating: 100 * index, count: 12))
    }

    private let image = PixelImage(rows: 3, columns: 4, frames: 3)

    private func values(_ items: [[UInt8]], frame: Int) throws -> [Int32] {
        try image.decode(items: items, .jpegLossless, frame: frame)
    }

    private func table(_ offsets: [Int]) -> [UInt8] {
        offsets.flatMap { offset in (0..<4).map { UInt8(truncatingIfNeeded: offset >> (8 * $0)) } }
    }

    /// The frames in two fragments each, the cut after `cut` bytes.
    private func halves(cut: Int) -> [[UInt8]] {
        Self.frames.flatMap { [Array($0[..<cut]), Array($0[cut...])] }
    }

    @Test(arguments: 0..<3)
    func `a fragment a frame needs no table`(frame: Int) throws {
        let expected = [Int32](repeating: Int32(100 * frame), count: 12)
        #expect(try values([[]] + Self.frames, frame: frame) == expected)
    }

    @Test(arguments: 0..<3)
    func `frames of several fragments are found by the basic offset table`(frame: Int) throws {
        let expected = [Int32](repeating: Int32(100 * frame), count: 12)
        let length = Self.frames[0].count + 16
        let offsets = table([0, length, length + Self.frames[1].count + 16])
        #expect(try values([offsets] + halves(cut: 10), frame: frame) == expected)
    }

    @Test(arguments: 0..<3)
    func `frames of several fragments are found by their first bytes`(frame: Int) throws {
        let expected = [Int32](repeating: Int32(100 * frame), count: 12)
        #expect(try values([[]] + halves(cut: 10), frame: frame) == expected)
        #expect(try values([table([0, 5, 9])] + halves(cut: 10), frame: frame) == expected)
    }

    @Test func `a single frame takes all fragments`() throws {
        let single = PixelImage(rows: 3, columns: 4)
        let bytes = Self.frames[1]
        let items = [table([0]), Array(bytes[..<1]), [], Array(bytes[1..<9]), Array(bytes[9...])]
        let expected = [Int32](repeating: 100, count: 12)
        #expect(try single.decode(items: items, .jpegLossless) == expected)
    }

    @Test func `fragments that do not tell the frames apart are refused`() {
        #expect(code { try values([[]] + Self.frames[..<2], frame: 1) } == .invalidPixelData)
        #expect(code { try values([[]], frame: 0) } == .invalidPixelData)
        #expect(code { try values([], frame: 0) } == .invalidPixelData)
    }
}
