/// Reads one frame of native pixel data (PS3.5 section 8.1, annex D).
///
/// The bytes are little endian: ``DICOMFile`` has swapped the words of big-endian files.
struct NativeFrame {
    let description: PixelDataDescription

    /// The samples of a frame, all allocated bits, interleaved.
    func samples(_ bytes: [UInt8], frame: Int) throws(DICOMError) -> [Int32] {
        let count = description.frameShape.sampleCount
        let bits = count * description.bitsAllocated
        let (start, overflow) = bits.multipliedReportingOverflow(by: frame)
        guard !overflow, start <= bytes.count * 8 - bits else {
            throw DICOMError(
                .invalidPixelData,
                tag: .pixelData,
                "\(bytes.count) bytes are too few for frame \(frame)"
            )
        }
        guard !description.photometricInterpretation.hasPrefix("YBR_FULL_422"),
            !description.photometricInterpretation.hasPrefix("YBR_PARTIAL")
        else {
            throw DICOMError(
                .invalidAttribute,
                tag: .photometricInterpretation,
                "native pixel data with subsampled colour are not supported"
            )
        }
        let samples = read(bytes, firstBit: start, count: count)
        let planes = description.samplesPerPixel
        return planes > 1 && description.planarConfiguration == 1
            ? Planes.interleaved(samples, planes: planes) : samples
    }

    private func read(_ bytes: [UInt8], firstBit: Int, count: Int) -> [Int32] {
        let first = firstBit / 8
        switch description.bitsAllocated {
        case 1:
            // Frames of single bits follow each other without alignment, lowest bit first.
            return (firstBit..<firstBit + count).map { Int32(bytes[$0 >> 3] >> ($0 & 7) & 1) }
        case 8:
            return bytes[first..<first + count].map(Int32.init)
        case 16:
            return words(bytes, from: first, count: count, as: UInt16.self) {
                Int32(UInt16(littleEndian: $0))
            }
        default:
            return words(bytes, from: first, count: count, as: UInt32.self) {
                Int32(bitPattern: UInt32(littleEndian: $0))
            }
        }
    }

    @inline(__always)
    private func words<Word: FixedWidthInteger & BitwiseCopyable>(
        _ bytes: [UInt8],
        from first: Int,
        count: Int,
        as type: Word.Type,
        _ convert: (Word) -> Int32
    ) -> [Int32] {
        let size = MemoryLayout<Word>.size
        precondition(first >= 0 && first + count * size <= bytes.count)
        return unsafe bytes.withUnsafeBytes { all in
            // Checked above; without a check at each word the loop becomes one of vectors.
            let source = unsafe all.baseAddress.map { unsafe $0 + first }
            return unsafe [Int32](unsafeUninitializedCapacity: count) { target, initialized in
                guard let source = unsafe source, let target = target.baseAddress else { return }
                for index in 0..<count {
                    let word = unsafe source.loadUnaligned(
                        fromByteOffset: index &* size,
                        as: type
                    )
                    unsafe target[index] = convert(word)
                }
                initialized = count
            }
        }
    }
}
