/// The stored values of one frame, whatever the transfer syntax was.
package struct DecodedFrame: Hashable, Sendable {
    /// Height in pixels.
    package let rows: Int
    /// Width in pixels.
    package let columns: Int
    /// 1 for grey, 3 for colour.
    package let samplesPerPixel: Int
    /// Significant bits of a sample; every bit above is a copy of the sign, or zero.
    package let bitsStored: Int
    /// Whether the values are two's complement.
    package let isSigned: Bool
    /// Stored values, row-major, interleaved if there are several samples a pixel; count is rows x
    /// columns x samples a pixel.
    package let samples: [Int32]

    /// Makes a frame from values that already lie in the range of `bitsStored` and `isSigned`.
    package init(
        rows: Int,
        columns: Int,
        samplesPerPixel: Int = 1,
        bitsStored: Int,
        isSigned: Bool,
        samples: [Int32]
    ) {
        precondition(
            samples.count == rows * columns * samplesPerPixel,
            "samples must fill the frame"
        )
        self.rows = rows
        self.columns = columns
        self.samplesPerPixel = samplesPerPixel
        self.bitsStored = bitsStored
        self.isSigned = isSigned
        self.samples = samples
    }

    /// The samples as native little-endian pixel data of 8, 16 or 32 bits allocated.
    ///
    /// Values that need more bits lose the high ones; the result is not padded to even length.
    package func nativeBytes(bitsAllocated: Int) -> [UInt8] {
        switch bitsAllocated {
        case 8: samples.map { UInt8(truncatingIfNeeded: $0) }
        case 16: bytes { UInt16(truncatingIfNeeded: $0).littleEndian }
        case 32: bytes { UInt32(bitPattern: $0).littleEndian }
        default: preconditionFailure("bits allocated must be 8, 16 or 32")
        }
    }

    /// The samples as words, in one pass.
    @inline(__always)
    private func bytes<Word: BitwiseCopyable>(_ word: (Int32) -> Word) -> [UInt8] {
        let size = MemoryLayout<Word>.stride
        return unsafe [UInt8](unsafeUninitializedCapacity: samples.count * size) { target, count in
            unsafe samples.withUnsafeBufferPointer { source in
                let raw = UnsafeMutableRawBufferPointer(target)
                for index in 0..<source.count {
                    unsafe raw.storeBytes(
                        of: word(source[index]),
                        toByteOffset: index &* size,
                        as: Word.self
                    )
                }
            }
            count = samples.count * size
        }
    }
}
