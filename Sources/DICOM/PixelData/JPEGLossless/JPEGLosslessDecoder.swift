/// JPEG Lossless, Huffman coded (process 14, all predictors; ITU-T T.81 Annex H).
enum JPEGLosslessDecoder {
    /// Decodes one frame.
    ///
    /// Comments and application segments are skipped; a missing EOI and bytes after it do no harm.
    ///
    /// `bytes` are one whole JPEG stream, all fragments joined.
    static func decode(
        _ bytes: [UInt8],
        shape: FrameShape
    ) throws(CodestreamError) -> CodestreamImage {
        var cursor = ByteCursor(bytes)
        guard try JPEGLosslessHeader.marker(&cursor) == 0xD8 else {
            throw .malformed("no JPEG start of image", at: 0)
        }
        var header = JPEGLosslessHeader()
        var samples: [Int32] = []
        var precision = 0
        var missing = Set(0..<shape.samplesPerPixel)
        while !missing.isEmpty {
            guard let scan = try header.nextScan(&cursor), let frame = header.frame else {
                throw .truncated("JPEG ends before all components", at: cursor.offset)
            }
            try shape.require(
                rows: frame.rows,
                columns: frame.columns,
                samplesPerPixel: frame.components.count,
                at: cursor.offset
            )
            let data = try EntropyCodedData(scanning: bytes, from: cursor.offset)
            var decoder = try JPEGLosslessScanDecoder(header: header, scan: scan, data: data)
            if samples.isEmpty {
                precision = frame.precision
                samples = [Int32](repeating: 0, count: shape.sampleCount)
            }
            try decoder.decode(into: &samples)
            missing.subtract(scan.components.map(\.index))
            cursor = ByteCursor(bytes, from: data.endOffset)
        }
        return CodestreamImage(samples: samples, precision: precision)
    }
}
