/// A plain PackBits encoder for round trips (PS3.5 Annex G).
enum RLEEncoder {
    /// Packs interleaved samples of 1, 2 or 4 bytes.
    static func encode(_ samples: [Int32], samplesPerPixel: Int, bytesPerSample: Int) -> [UInt8] {
        var segments: [[UInt8]] = []
        for sample in 0..<samplesPerPixel {
            for byte in (0..<bytesPerSample).reversed() {
                let plane = stride(from: sample, to: samples.count, by: samplesPerPixel).map {
                    UInt8(truncatingIfNeeded: samples[$0] >> Int32(8 * byte))
                }
                segments.append(pack(plane))
            }
        }
        var header = [segments.count]
        var offset = 64
        for segment in segments {
            header.append(offset)
            offset += segment.count
        }
        header += [Int](repeating: 0, count: 16 - header.count)
        let words = header.flatMap { word in
            (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
        }
        return words + segments.joined()
    }

    private static func pack(_ plane: [UInt8]) -> [UInt8] {
        var packed: [UInt8] = []
        var index = 0
        while index < plane.count {
            var run = 1
            while run < 128, index + run < plane.count, plane[index + run] == plane[index] {
                run += 1
            }
            if run > 2 {
                packed += [UInt8(257 - run), plane[index]]
                index += run
                continue
            }
            var end = index + 1
            while end < plane.count, end - index < 128, plane[end] != plane[end - 1] { end += 1 }
            packed += [UInt8(end - index - 1)] + plane[index..<end]
            index = end
        }
        return packed.count.isMultiple(of: 2) ? packed : packed + [0x80]
    }
}
