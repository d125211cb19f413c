/// The marker segments of a JPEG 2000 codestream that decide how much memory decoding takes
/// (ITU-T T.800 annex A), checked before a decoder sees them.
struct JPEG2000Header {
    private static let startOfCodestream = 0xFF4F
    private static let size = 0xFF51
    private static let codingStyle = 0xFF52
    private static let componentCodingStyle = 0xFF53
    private static let startOfTilePart = 0xFF90
    private static let startOfData = 0xFF93
    private static let endOfCodestream = 0xFFD9

    /// A CT slice has one tile; whole-slide scanners stay below this.
    private static let maximumTiles = 4096
    /// Packets a tile may have; a decoder keeps state for each.
    private static let maximumPackets = 1 << 22

    /// Bits a sample has.
    private(set) var precision = 0
    private var tileColumns = 0
    private var tileRows = 0

    /// Reads and checks the headers of the codestream that lies at `range` of the bytes.
    init(_ bytes: [UInt8], in range: Range<Int>, shape: FrameShape) throws(CodestreamError) {
        var cursor = ByteCursor(bytes, from: range.lowerBound, to: range.upperBound)
        guard try cursor.uint16() == Self.startOfCodestream, try cursor.uint16() == Self.size else {
            throw .malformed("no JPEG 2000 start of codestream", at: range.lowerBound)
        }
        var segment = try cursor.segment()
        try readSize(&segment, shape)
        try checkCodingStyles(&cursor, shape)
    }

    private mutating func readSize(
        _ segment: inout ByteCursor,
        _ shape: FrameShape
    ) throws(CodestreamError) {
        let offset = segment.offset
        try segment.skip(2)
        let right = try segment.uint32()
        let bottom = try segment.uint32()
        let left = try segment.uint32()
        let top = try segment.uint32()
        tileColumns = try segment.uint32()
        tileRows = try segment.uint32()
        let tileLeft = try segment.uint32()
        let tileTop = try segment.uint32()
        let components = try segment.uint16()
        try shape.require(
            rows: bottom - top,
            columns: right - left,
            samplesPerPixel: components,
            at: offset
        )
        guard tileColumns > 0, tileRows > 0, tileLeft <= left, tileTop <= top else {
            throw .malformed("impossible JPEG 2000 tiles", at: offset)
        }
        let across = (right - tileLeft + tileColumns - 1) / tileColumns
        let down = (bottom - tileTop + tileRows - 1) / tileRows
        guard across * down <= Self.maximumTiles else {
            throw .unsupported("\(across * down) JPEG 2000 tiles", at: offset)
        }
        tileColumns = min(tileColumns, shape.columns)
        tileRows = min(tileRows, shape.rows)
        for component in 0..<components {
            let bits = try segment.uint8() & 0x7F + 1
            guard try segment.uint16() == 0x0101, component == 0 || bits == precision else {
                throw .unsupported("JPEG 2000 components of different kind", at: offset)
            }
            precision = bits
        }
        // OpenJPEG gives samples as Int32 and is exercised up to 16 bits in DICOM.
        guard precision <= 16 else {
            throw .unsupported("JPEG 2000 precision \(precision)", at: offset)
        }
    }

    /// Walks over main and tile-part headers, checking each COD and COC.
    private func checkCodingStyles(
        _ cursor: inout ByteCursor,
        _ shape: FrameShape
    ) throws(CodestreamError) {
        var layers = 1
        while cursor.remaining >= 2 {
            let start = cursor.offset
            let marker = try cursor.uint16()
            if marker == Self.endOfCodestream { return }
            guard marker >= 0xFF00 else {
                throw .malformed("no JPEG 2000 marker where one must be", at: start)
            }
            var segment = try cursor.segment()
            switch marker {
            case Self.codingStyle:
                let style = try segment.uint8()
                try segment.skip(1)
                layers = try segment.uint16()
                try segment.skip(1)
                try checkPackets(&segment, hasPrecincts: style & 1 != 0, layers, shape)
            case Self.componentCodingStyle:
                try segment.skip(1)
                let style = try segment.uint8()
                try checkPackets(&segment, hasPrecincts: style & 1 != 0, layers, shape)
            case Self.startOfTilePart:
                try segment.skip(2)
                let length = try segment.uint32()
                let next = length == 0 ? cursor.end : start + length
                try checkTilePart(&cursor, layers, shape)
                guard next > cursor.offset, next <= cursor.end else { return }
                try cursor.skip(next - cursor.offset)
            default: break
            }
        }
    }

    /// The same for the headers between SOT and SOD.
    private func checkTilePart(
        _ cursor: inout ByteCursor,
        _ mainLayers: Int,
        _ shape: FrameShape
    ) throws(CodestreamError) {
        var layers = mainLayers
        while true {
            let marker = try cursor.uint16()
            if marker == Self.startOfData { return }
            var segment = try cursor.segment()
            let isDefault = marker == Self.codingStyle
            guard isDefault || marker == Self.componentCodingStyle else { continue }
            if !isDefault { try segment.skip(1) }
            let style = try segment.uint8()
            if isDefault {
                try segment.skip(1)
                layers = try segment.uint16()
                try segment.skip(1)
            }
            try checkPackets(&segment, hasPrecincts: style & 1 != 0, layers, shape)
        }
    }

    /// Bounds layers x precincts (T.800 A.6.1, B.6).
    private func checkPackets(
        _ segment: inout ByteCursor,
        hasPrecincts: Bool,
        _ layers: Int,
        _ shape: FrameShape
    ) throws(CodestreamError) {
        let offset = segment.offset
        let levels = try segment.uint8()
        guard levels <= 32 else {
            throw .malformed("\(levels) JPEG 2000 decomposition levels", at: offset)
        }
        try segment.skip(4)
        var packets = 0
        for resolution in 0...levels {
            let exponents = hasPrecincts ? try segment.uint8() : 0xFF
            let scale = levels - resolution
            let across = Self.precincts(tileColumns, scale: scale, exponent: exponents & 15)
            let down = Self.precincts(tileRows, scale: scale, exponent: exponents >> 4)
            packets += across * down
        }
        guard packets * layers * shape.samplesPerPixel <= Self.maximumPackets else {
            throw .unsupported("too many JPEG 2000 packets in a tile", at: offset)
        }
    }

    /// How many precincts of 2^exponent samples cover a side of the tile at one resolution.
    private static func precincts(_ side: Int, scale: Int, exponent: Int) -> Int {
        ((side >> scale) >> exponent) + 2
    }
}
