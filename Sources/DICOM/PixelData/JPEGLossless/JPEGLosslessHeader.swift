/// What the marker segments of a lossless JPEG say (ITU-T T.81 B.2).
struct JPEGLosslessHeader {
    /// SOF3: the frame.
    struct Frame: Hashable {
        let precision: Int
        let rows: Int
        let columns: Int
        /// Component identifiers in the order of the samples.
        let components: [Int]
    }

    /// SOS: one scan.
    struct Scan: Hashable {
        /// Index into the frame's components, and the number of its Huffman table.
        struct Component: Hashable {
            let index: Int
            let table: Int
        }

        let components: [Component]
        /// 1 to 7 (T.81 table H.1).
        let predictor: Int
        /// Low bits left out by the encoder, 0 to 15.
        let pointTransform: Int
    }

    private(set) var frame: Frame?
    private(set) var tables: [HuffmanTable?] = [nil, nil, nil, nil]
    /// MCUs between restarts, 0 if there are none.
    private(set) var restartInterval = 0

    /// Reads markers up to and including the next SOS; returns nil at EOI.
    mutating func nextScan(_ cursor: inout ByteCursor) throws(CodestreamError) -> Scan? {
        while true {
            let offset = cursor.offset
            let marker = try Self.marker(&cursor)
            if marker == 0xD9 { return nil }
            var segment = try cursor.segment()
            switch marker {
            case 0xC3: try readFrame(&segment)
            case 0xC4: try readTables(&segment)
            case 0xDA: return try readScan(&segment)
            case 0xDD: restartInterval = try segment.uint16()
            case 0xC0...0xCF:
                throw .unsupported(
                    "JPEG process \(marker - 0xC0) in a lossless transfer syntax",
                    at: offset
                )
            case 0xDB, 0xE0...0xEF, 0xF0...0xFE: break
            default: throw .malformed("unexpected JPEG marker \(marker)", at: offset)
            }
        }
    }

    /// Reads a marker's second byte, skipping fill bytes (T.81 B.1.1.2).
    static func marker(_ cursor: inout ByteCursor) throws(CodestreamError) -> Int {
        guard try cursor.uint8() == 0xFF else {
            throw .malformed("no JPEG marker where one must be", at: cursor.offset - 1)
        }
        var code = 0xFF
        while code == 0xFF { code = try cursor.uint8() }
        return code
    }

    private mutating func readFrame(_ segment: inout ByteCursor) throws(CodestreamError) {
        let offset = segment.offset
        guard frame == nil else { throw .malformed("a second JPEG frame header", at: offset) }
        let precision = try segment.uint8()
        let rows = try segment.uint16()
        let columns = try segment.uint16()
        let count = try segment.uint8()
        guard (2...16).contains(precision) else {
            throw .malformed("JPEG precision \(precision), 2 to 16 are allowed", at: offset)
        }
        var components: [Int] = []
        var samplings: Set<Int> = []
        for _ in 0..<count {
            components.append(try segment.uint8())
            samplings.insert(try segment.uint8())
            try segment.skip(1)
        }
        guard samplings.count == 1, Set(components).count == count else {
            throw .unsupported("JPEG components of different size or none", at: offset)
        }
        frame = Frame(precision: precision, rows: rows, columns: columns, components: components)
    }

    private mutating func readTables(_ segment: inout ByteCursor) throws(CodestreamError) {
        while segment.remaining > 0 {
            let offset = segment.offset
            let target = try segment.uint8()
            var counts: [Int] = []
            for _ in 0..<16 { counts.append(try segment.uint8()) }
            let start = segment.offset
            try segment.skip(counts.reduce(0, +))
            guard target & 0x0F < 4, target >> 4 < 2 else {
                throw .malformed("JPEG Huffman table number \(target)", at: offset)
            }
            // Class 1 is for AC coefficients, which lossless JPEG has not.
            guard target >> 4 == 0 else { continue }
            let values = Array(segment.bytes[start..<segment.offset])
            tables[target] = try HuffmanTable(counts: counts, values: values)
        }
    }

    private func readScan(_ segment: inout ByteCursor) throws(CodestreamError) -> Scan {
        let offset = segment.offset
        guard let frame else { throw .malformed("JPEG scan before its frame", at: offset) }
        let count = try segment.uint8()
        var components: [Scan.Component] = []
        for _ in 0..<count {
            let identifier = try segment.uint8()
            let table = try segment.uint8() >> 4
            guard let index = frame.components.firstIndex(of: identifier), table < 4,
                !components.contains(where: { $0.index == index })
            else { throw .malformed("JPEG scan of an unknown component", at: offset) }
            components.append(.init(index: index, table: table))
        }
        let predictor = try segment.uint8()
        try segment.skip(1)
        let pointTransform = try segment.uint8() & 0x0F
        guard !components.isEmpty, (1...7).contains(predictor), pointTransform < frame.precision
        else { throw .malformed("JPEG scan with impossible parameters", at: offset) }
        return Scan(
            components: components,
            predictor: predictor,
            pointTransform: pointTransform
        )
    }
}
