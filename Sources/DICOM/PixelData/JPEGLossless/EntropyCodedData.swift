/// The entropy-coded bytes of one scan with stuffing and restart markers taken out (T.81 B.1.1.5).
struct EntropyCodedData {
    /// Zero bytes after the last segment, so that eight bytes can be loaded at its end.
    static let padding = 8

    /// All segments one after the other, then the padding.
    let bytes: [UInt8]
    /// Where each restart interval lies in `bytes`.
    let segments: [Range<Int>]
    /// Offset of the marker that ended the scan, or the end of the frame's bytes.
    let endOffset: Int

    init(scanning source: [UInt8], from start: Int) throws(CodestreamError) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count - start + Self.padding)
        var segments: [Range<Int>] = []
        var segmentStart = 0
        var offset = start
        var ended = false
        while !ended {
            let marker = Self.nextMarker(in: source, from: offset)
            bytes.append(contentsOf: source[offset..<marker.offset])
            offset = marker.offset + 2
            switch marker.code {
            case 0:
                bytes.append(0xFF)
            case 0xD0...0xD7:
                guard Int(marker.code) - 0xD0 == segments.count & 7 else {
                    throw .malformed("restart markers out of order", at: marker.offset)
                }
                segments.append(segmentStart..<bytes.count)
                segmentStart = bytes.count
            case 0xFF:
                offset = marker.offset + 1
            default:
                offset = marker.offset
                ended = true
            }
        }
        segments.append(segmentStart..<bytes.count)
        bytes.append(contentsOf: repeatElement(0, count: Self.padding))
        self.bytes = bytes
        self.segments = segments
        endOffset = offset
    }

    /// The next 0xFF and the byte after it; at the end of the bytes an EOI is assumed.
    private static func nextMarker(
        in source: [UInt8],
        from start: Int
    ) -> (offset: Int, code: UInt8) {
        let span = source.span
        var offset = start
        while offset < span.count, span[offset] != 0xFF { offset += 1 }
        guard offset + 1 < span.count else { return (offset, 0xD9) }
        return (offset, span[offset + 1])
    }
}
