/// A plain encoder of lossless JPEG for round trips; shares nothing with the decoder.
struct JPEGLosslessEncoder {
    var rows: Int
    var columns: Int
    var components = 1
    var precision = 16
    var predictor = 1
    var pointTransform = 0
    /// 0 for no restarts.
    var rowsPerRestart = 0
    /// One scan for each component instead of one for all.
    var separateScans = false
    /// Rotates which SSSS get the short codes, so that long ones are tried too.
    var rotation = 0
    /// Markers to put before the frame header.
    var extraSegments: [UInt8] = []

    /// Numbers of codes of length 1 to 16: two of 2, one of 3 to 15 each, two of 16.
    private static let counts = [0, 2] + [Int](repeating: 1, count: 13) + [2]

    private var categories: [Int] { (0..<17).map { ($0 + rotation) % 17 } }

    /// Codes by SSSS.
    private var codes: [(code: Int, length: Int)] {
        var codes = [(code: Int, length: Int)](repeating: (0, 0), count: 17)
        var code = 0
        var index = 0
        for length in 1...16 {
            for _ in 0..<Self.counts[length - 1] {
                codes[categories[index]] = (code, length)
                code += 1
                index += 1
            }
            code *= 2
        }
        return codes
    }

    /// Encodes interleaved samples of at most `precision` bits.
    func encode(_ samples: [Int]) -> [UInt8] {
        var bytes: [UInt8] = [0xFF, 0xD8] + extraSegments
        bytes += segment(0xC3, frameHeader)
        bytes += segment(0xC4, [0] + Self.counts.map(UInt8.init) + categories.map(UInt8.init))
        if rowsPerRestart > 0 {
            let interval = rowsPerRestart * columns
            bytes += segment(0xDD, [UInt8(interval >> 8), UInt8(interval & 255)])
        }
        let scans = separateScans ? (0..<components).map { [$0] } : [Array(0..<components)]
        for scan in scans {
            let selectors: [UInt8] = scan.flatMap { [UInt8($0 + 1), 0] }
            bytes += segment(
                0xDA,
                [UInt8(scan.count)] + selectors + [UInt8(predictor), 0, UInt8(pointTransform)]
            )
            bytes += entropyCoded(samples.map { $0 >> pointTransform }, scan)
        }
        return bytes + [0xFF, 0xD9]
    }

    private var frameHeader: [UInt8] {
        let size = [UInt8(rows >> 8), UInt8(rows & 255), UInt8(columns >> 8), UInt8(columns & 255)]
        return [UInt8(precision)] + size + [UInt8(components)]
            + (0..<components).flatMap { [UInt8($0 + 1), 0x11, 0] }
    }

    private func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + content
    }

    private func entropyCoded(_ samples: [Int], _ scan: [Int]) -> [UInt8] {
        let codes = codes
        var writer = BitWriter()
        for row in 0..<rows {
            let isFirst = row == 0 || rowsPerRestart > 0 && row % rowsPerRestart == 0
            if isFirst, row > 0 { writer.restart(number: row / rowsPerRestart - 1) }
            for column in 0..<columns {
                for component in scan {
                    let index = (row * columns + column) * components + component
                    let predicted = prediction(samples, index, column, isFirst)
                    append(samples[index] - predicted, codes, &writer)
                }
            }
        }
        return writer.finished()
    }

    private func prediction(_ samples: [Int], _ index: Int, _ column: Int, _ isFirst: Bool) -> Int {
        let stride = columns * components
        if isFirst {
            return column == 0
                ? 1 << (precision - pointTransform - 1) : samples[index - components]
        }
        let rb = samples[index - stride]
        guard column > 0 else { return rb }
        let ra = samples[index - components]
        let rc = samples[index - stride - components]
        switch predictor {
        case 1: return ra
        case 2: return rb
        case 3: return rc
        case 4: return ra + rb - rc
        case 5: return ra + (rb - rc) >> 1
        case 6: return rb + (ra - rc) >> 1
        default: return (ra + rb) >> 1
        }
    }

    private func append(
        _ difference: Int,
        _ codes: [(code: Int, length: Int)],
        _ writer: inout BitWriter
    ) {
        var value = difference & 0xFFFF
        if value > 0x8000 { value -= 0x10000 }
        let category = value == 0x8000 ? 16 : Int.bitWidth - abs(value).leadingZeroBitCount
        writer.append(codes[category].code, codes[category].length)
        guard category < 16 else { return }
        writer.append(value < 0 ? value + (1 << category) - 1 : value, category)
    }
}

/// Bits, most significant first, with JPEG's byte stuffing.
struct BitWriter {
    private var bytes: [UInt8] = []
    private var pending = 0
    private var count = 0

    mutating func append(_ value: Int, _ length: Int) {
        for bit in stride(from: length - 1, through: 0, by: -1) {
            pending = pending << 1 | value >> bit & 1
            count += 1
            if count == 8 { flush() }
        }
    }

    /// Pads with ones and sets the restart marker RSTn.
    mutating func restart(number: Int) {
        pad()
        bytes += [0xFF, 0xD0 + UInt8(number & 7)]
    }

    mutating func finished() -> [UInt8] {
        pad()
        return bytes
    }

    private mutating func pad() {
        while count > 0 { append(1, 1) }
    }

    private mutating func flush() {
        bytes.append(UInt8(pending))
        if pending == 0xFF { bytes.append(0) }
        pending = 0
        count = 0
    }
}
