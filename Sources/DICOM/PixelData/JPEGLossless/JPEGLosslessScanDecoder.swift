/// Decodes the rows of one scan: Huffman differences added to predictions (T.81 H.1.2, H.2).
struct JPEGLosslessScanDecoder {
    /// One component of the scan: its place in a pixel, and its table.
    private struct Component {
        let offset: Int
        let table: HuffmanTable
    }

    private let columns: Int
    private let rows: Int
    private let samplesPerPixel: Int
    private let components: [Component]
    private let predictor: Int
    private let pointTransform: Int
    /// What the first sample of a restart interval is predicted by.
    private let initialPrediction: Int32
    private let rowsPerInterval: Int
    private let data: EntropyCodedData

    init(
        header: JPEGLosslessHeader,
        scan: JPEGLosslessHeader.Scan,
        data: EntropyCodedData
    ) throws(CodestreamError) {
        guard let frame = header.frame else { throw .malformed("JPEG scan before its frame") }
        var components: [Component] = []
        for component in scan.components {
            guard let table = header.tables[component.table] else {
                throw .malformed("JPEG scan names a Huffman table that is not there")
            }
            components.append(Component(offset: component.index, table: table))
        }
        self.components = components
        self.data = data
        columns = frame.columns
        rows = frame.rows
        samplesPerPixel = frame.components.count
        predictor = scan.predictor
        pointTransform = scan.pointTransform
        initialPrediction = 1 << Int32(frame.precision - scan.pointTransform - 1)
        guard header.restartInterval % frame.columns == 0 else {
            throw .malformed("JPEG restart interval is not a whole number of rows")
        }
        rowsPerInterval =
            header.restartInterval == 0 ? frame.rows : header.restartInterval / frame.columns
        // A sample takes one bit at least: refuse before taking memory.
        guard (data.bytes.count - EntropyCodedData.padding) * 8 >= rows * columns else {
            throw .truncated("too few bytes for the frame", at: data.endOffset)
        }
        guard data.segments.count >= (rows + rowsPerInterval - 1) / rowsPerInterval else {
            throw .truncated("JPEG restart intervals are missing", at: data.endOffset)
        }
    }

    /// Fills the samples of this scan's components.
    mutating func decode(into samples: inout [Int32]) throws(CodestreamError) {
        var target = samples.mutableSpan
        var reader = DifferenceReader(segment: data.segments[0])
        for row in 0..<rows {
            if row % rowsPerInterval == 0 {
                reader = DifferenceReader(segment: data.segments[row / rowsPerInterval])
            }
            decodeRow(row, isFirst: row % rowsPerInterval == 0, &reader, &target)
            guard !reader.isExhausted else {
                throw .truncated("JPEG data ends in row \(row)", at: data.endOffset)
            }
            guard !reader.foundInvalidCode else {
                throw .malformed("invalid Huffman code in row \(row)")
            }
        }
        if pointTransform > 0 { undoPointTransform(&target) }
    }

    private func undoPointTransform(_ target: inout MutableSpan<Int32>) {
        for component in components {
            for index in stride(from: component.offset, to: target.count, by: samplesPerPixel) {
                target[index] <<= Int32(pointTransform)
            }
        }
    }

    private func decodeRow(
        _ row: Int,
        isFirst: Bool,
        _ reader: inout DifferenceReader,
        _ target: inout MutableSpan<Int32>
    ) {
        // Ra is the sample to the left, Rb above, Rc above left (T.81 figure H.1, table H.1).
        switch isFirst ? 1 : predictor {
        case 1: decodeRow(row, isFirst, &reader, &target) { ra, _, _ in ra }
        case 2: decodeRow(row, isFirst, &reader, &target) { _, rb, _ in rb }
        case 3: decodeRow(row, isFirst, &reader, &target) { _, _, rc in rc }
        case 4: decodeRow(row, isFirst, &reader, &target) { ra, rb, rc in ra &+ rb &- rc }
        case 5:
            decodeRow(row, isFirst, &reader, &target) { ra, rb, rc in ra &+ (rb &- rc) &>> 1 }
        case 6:
            decodeRow(row, isFirst, &reader, &target) { ra, rb, rc in rb &+ (ra &- rc) &>> 1 }
        default: decodeRow(row, isFirst, &reader, &target) { ra, rb, _ in (ra &+ rb) &>> 1 }
        }
    }

    @inline(__always)
    private func decodeRow(
        _ row: Int,
        _ isFirst: Bool,
        _ reader: inout DifferenceReader,
        _ target: inout MutableSpan<Int32>,
        predict: (Int32, Int32, Int32) -> Int32
    ) {
        if samplesPerPixel == 1 {
            decodeGrey(row, isFirst, &reader, &target, predict)
        } else {
            decodeInterleaved(row, isFirst, &reader, &target, predict)
        }
    }

    @inline(__always)
    private func decodeGrey(
        _ row: Int,
        _ isFirst: Bool,
        _ reader: inout DifferenceReader,
        _ target: inout MutableSpan<Int32>,
        _ predict: (Int32, Int32, Int32) -> Int32
    ) {
        let bytes = unsafe data.bytes.span.bytes
        let table = components[0].table
        let lookahead = table.lookahead.span
        var bits = reader
        let start = row * columns
        var left = isFirst ? initialPrediction : target[start - columns]
        left = (left &+ bits.next(bytes, lookahead, table)) & 0xFFFF
        target[start] = left
        if isFirst {
            for index in start + 1..<start + columns {
                left = (left &+ bits.next(bytes, lookahead, table)) & 0xFFFF
                target[index] = left
            }
        } else {
            var aboveLeft = target[start - columns]
            for index in start + 1..<start + columns {
                let above = target[index - columns]
                let prediction = predict(left, above, aboveLeft)
                left = (prediction &+ bits.next(bytes, lookahead, table)) & 0xFFFF
                target[index] = left
                aboveLeft = above
            }
        }
        reader = bits
    }

    private func decodeInterleaved(
        _ row: Int,
        _ isFirst: Bool,
        _ reader: inout DifferenceReader,
        _ target: inout MutableSpan<Int32>,
        _ predict: (Int32, Int32, Int32) -> Int32
    ) {
        let bytes = unsafe data.bytes.span.bytes
        let stride = columns * samplesPerPixel
        for column in 0..<columns {
            for component in components {
                let index = row * stride + column * samplesPerPixel + component.offset
                let prediction: Int32
                switch (isFirst, column == 0) {
                case (true, true): prediction = initialPrediction
                case (true, false): prediction = target[index - samplesPerPixel]
                case (false, true): prediction = target[index - stride]
                case (false, false):
                    prediction = predict(
                        target[index - samplesPerPixel],
                        target[index - stride],
                        target[index - stride - samplesPerPixel]
                    )
                }
                let difference = reader.next(bytes, component.table.lookahead.span, component.table)
                target[index] = (prediction &+ difference) & 0xFFFF
            }
        }
    }
}
