/// RLE Lossless: byte planes packed with PackBits (PS3.5 Annex G).
enum RLEDecoder {
    private static let headerLength = 64
    private static let maximumSegments = 15

    /// Unpacks one frame.
    ///
    /// `bytes` are the frame's fragment, its header of 16 little-endian words first;
    /// `bytesPerSample` is 1, 2 or 4, and the planes come most significant byte first.
    static func decode(
        _ bytes: [UInt8],
        shape: FrameShape,
        bytesPerSample: Int
    ) throws(CodestreamError) -> CodestreamImage {
        let segments = try segmentRanges(bytes)
        guard segments.count == shape.samplesPerPixel * bytesPerSample else {
            throw .mismatch(
                "\(segments.count) RLE segments, the data set needs "
                    + "\(shape.samplesPerPixel * bytesPerSample)",
                at: 0
            )
        }
        // A PackBits run gives at most 128 bytes for 2: refuse before taking memory.
        guard bytes.count * 64 >= shape.sampleCount * bytesPerSample else {
            throw .truncated("too few bytes for the frame", at: bytes.count)
        }
        var samples = [Int32](repeating: 0, count: shape.sampleCount)
        var plane = [UInt8](repeating: 0, count: shape.pixelCount)
        for (index, segment) in segments.enumerated() {
            try unpack(bytes.span.extracting(segment), at: segment.lowerBound, into: &plane)
            merge(
                plane,
                into: &samples,
                sample: index / bytesPerSample,
                of: shape.samplesPerPixel
            )
        }
        return CodestreamImage(samples: samples, precision: 8 * bytesPerSample)
    }

    private static func segmentRanges(_ bytes: [UInt8]) throws(CodestreamError) -> [Range<Int>] {
        guard bytes.count >= headerLength else {
            throw .truncated("no whole RLE header", at: bytes.count)
        }
        func word(_ index: Int) -> Int {
            (0..<4).reduce(0) { $0 | Int(bytes[4 * index + $1]) << (8 * $1) }
        }
        let count = word(0)
        guard (1...maximumSegments).contains(count) else {
            throw .malformed("\(count) RLE segments, 1 to 15 are allowed", at: 0)
        }
        var ranges: [Range<Int>] = []
        for index in 1...count {
            let start = word(index)
            let end = index < count ? word(index + 1) : bytes.count
            guard start >= headerLength, start <= end, end <= bytes.count else {
                throw .malformed("RLE segment \(index) lies outside the frame", at: 4 * index)
            }
            ranges.append(start..<end)
        }
        return ranges
    }

    /// PS3.5 G.3.2; bytes after the last sample are padding.
    private static func unpack(
        _ packed: Span<UInt8>,
        at offset: Int,
        into plane: inout [UInt8]
    ) throws(CodestreamError) {
        var target = plane.mutableSpan
        var read = 0
        var written = 0
        while written < target.count {
            guard read < packed.count else {
                throw .truncated("an RLE segment ends early", at: offset + read)
            }
            let control = Int(Int8(bitPattern: packed[read]))
            read += 1
            if control >= 0 {
                let length = min(control + 1, target.count - written)
                guard read + length <= packed.count else {
                    throw .truncated("an RLE literal run ends early", at: offset + read)
                }
                for index in 0..<length { target[written + index] = packed[read + index] }
                read += control + 1
                written += length
            } else if control != -128 {
                guard read < packed.count else {
                    throw .truncated("an RLE replicate run ends early", at: offset + read)
                }
                let length = min(1 - control, target.count - written)
                let value = packed[read]
                for index in 0..<length { target[written + index] = value }
                read += 1
                written += length
            }
        }
    }

    /// Shifts the next less significant byte of every pixel into its sample.
    private static func merge(
        _ plane: [UInt8],
        into samples: inout [Int32],
        sample: Int,
        of samplesPerPixel: Int
    ) {
        var target = samples.mutableSpan
        let source = plane.span
        if samplesPerPixel == 1 {
            for index in 0..<min(source.count, target.count) {
                target[index] = target[index] << 8 | Int32(source[index])
            }
        } else {
            for index in 0..<source.count {
                let position = index * samplesPerPixel + sample
                target[position] = target[position] << 8 | Int32(source[index])
            }
        }
    }
}
