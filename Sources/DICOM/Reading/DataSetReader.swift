/// Reads the elements of a data set, with every length checked against its container.
///
/// Values are copied out of the input once; nothing else is allocated per byte.
struct DataSetReader {
    /// What the place of an element decides about its meaning.
    struct Context {
        /// The layout of the elements.
        var encoding: ElementEncoding
        /// The offset that the container ends at.
        var end: Int
        /// The number of sequences around.
        var depth = 0
        /// The character set in force.
        var characterSet = SpecificCharacterSet.default
        /// Whether pixels are signed, which decides US or SS in implicit encodings.
        var isSigned = false
    }

    /// The most anomalies that are recorded; more tell nothing new.
    static let maximumAnomalies = 1_000

    /// The input and the place in it.
    var input: ByteReader

    /// What was odd so far.
    var anomalies: [Anomaly] = []

    let limits: ReadingLimits
    private var elementCount = 0

    init(_ bytes: [UInt8], offset: Int, limits: ReadingLimits) {
        input = ByteReader(bytes: bytes, offset: offset)
        self.limits = limits
    }

    /// The offset of the next byte to read.
    var offset: Int { input.offset }

    /// Continues at the start of other bytes, such as the inflated data set.
    mutating func restart(in bytes: [UInt8]) {
        input = ByteReader(bytes: bytes, offset: 0)
    }

    /// Records something odd.
    mutating func record(_ kind: Anomaly.Kind, tag: Tag? = nil, offset: Int? = nil) {
        guard anomalies.count < Self.maximumAnomalies else { return }
        anomalies.append(Anomaly(kind, tag: tag, offset: offset))
    }

    /// Reads one element, with everything inside it.
    mutating func readElement(_ context: Context) throws(DICOMError) -> DataElement {
        let header = try readHeader(context)
        guard !header.tag.isDelimitation else {
            throw DICOMError(
                .invalidSequence,
                tag: header.tag,
                offset: header.offset,
                "an item or delimiter stands where an element must stand"
            )
        }
        return header.isUndefinedLength
            ? try readUndefinedLength(header, context) : try readDefinedLength(header, context)
    }

    // MARK: Headers

    /// Reads the tag, the representation if stated, and the length.
    mutating func readHeader(_ context: Context) throws(DICOMError) -> ElementHeader {
        try countElement()
        let start = offset
        let big = context.encoding.isBigEndian
        try require(8, context, tag: nil)
        let tag = input.tag(at: start, bigEndian: big)
        guard context.encoding.isExplicit, !tag.isDelimitation else {
            input.offset += 8
            let length = input.uint32(at: start + 4, bigEndian: big)
            return ElementHeader(tag: tag, vr: nil, length: length, offset: start)
        }
        let vr = try representation(tag: tag, at: start)
        guard vr.hasLongLength else {
            input.offset += 8
            let length = UInt32(input.uint16(at: start + 6, bigEndian: big))
            return ElementHeader(tag: tag, vr: vr, length: length, offset: start)
        }
        try require(12, context, tag: tag)
        input.offset += 12
        let length = input.uint32(at: start + 8, bigEndian: big)
        return ElementHeader(tag: tag, vr: vr, length: length, offset: start)
    }

    /// The stated representation; new ones have the long form (PS3.5 section 6.2.2) and become UN.
    private mutating func representation(tag: Tag, at start: Int) throws(DICOMError) -> VR {
        if let vr = VR(input.bytes[start + 4], input.bytes[start + 5]) { return vr }
        guard input.hasRepresentation(at: start) else {
            throw DICOMError(
                .invalidVR,
                tag: tag,
                offset: start,
                "the value representation is not two capital letters"
            )
        }
        record(.unknownVR, tag: tag, offset: start)
        return .un
    }

    private mutating func countElement() throws(DICOMError) {
        elementCount += 1
        guard elementCount <= limits.maximumElementCount else {
            throw DICOMError(
                .elementCountLimit,
                offset: offset,
                "more than \(limits.maximumElementCount) elements, items and fragments"
            )
        }
    }

    /// Checks that a number of bytes lies ahead, within the container.
    func require(_ count: Int, _ context: Context, tag: Tag?) throws(DICOMError) {
        guard count > context.end - offset else { return }
        if count > input.bytes.count - offset {
            throw DICOMError(
                .truncated,
                tag: tag,
                offset: offset,
                "\(count) bytes needed, \(input.bytes.count - offset) left in the file"
            )
        }
        throw DICOMError(
            .invalidLength,
            tag: tag,
            offset: offset,
            "\(count) bytes needed, \(context.end - offset) left in the enclosing item or sequence"
        )
    }

    // MARK: Values

    private mutating func readDefinedLength(
        _ header: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> DataElement {
        let length = Int(header.length)
        guard length <= limits.maximumElementLength else {
            throw DICOMError(
                .elementLengthLimit,
                tag: header.tag,
                offset: header.offset,
                "\(length) bytes, the limit is \(limits.maximumElementLength)"
            )
        }
        try require(length, context, tag: header.tag)
        let known = DataDictionary.vr(for: header.tag, isSigned: context.isSigned)
        let vr = header.vr ?? known ?? .un
        if vr == .sq {
            let items = try readItems(header, context, length: length)
            return DataElement(tag: header.tag, vr: .sq, value: .items(items))
        }
        if vr == .un, known == .sq, let items = try attemptItems(header, context, length: length) {
            return DataElement(tag: header.tag, vr: .sq, value: .items(items))
        }
        return DataElement(
            tag: header.tag,
            vr: vr,
            value: .bytes(copyValue(header, vr, length, context))
        )
    }

    private mutating func copyValue(
        _ header: ElementHeader,
        _ vr: VR,
        _ length: Int,
        _ context: Context
    ) -> [UInt8] {
        if !length.isMultiple(of: 2) {
            record(.oddLength, tag: header.tag, offset: header.offset)
        }
        var value = Array(input.bytes[offset..<offset + length])
        input.offset += length
        if context.encoding.isBigEndian { ByteOrder.swap(&value, unit: vr.swapUnit) }
        return value
    }

    private mutating func readUndefinedLength(
        _ header: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> DataElement {
        let known = DataDictionary.vr(for: header.tag, isSigned: context.isSigned)
        switch header.vr ?? known ?? .un {
        case .sq:
            let items = try readItems(header, context, length: nil)
            return DataElement(tag: header.tag, vr: .sq, value: .items(items))
        case .un:
            // Undefined-length UN is a sequence in implicit little endian (PS3.5 section 6.2.2).
            var inner = context
            inner.encoding = .implicitLittleEndian
            let items = try readItems(header, inner, length: nil)
            return DataElement(tag: header.tag, vr: .sq, value: .items(items))
        case .ob, .ow:
            let fragments = try readFragments(header, context)
            return DataElement(
                tag: header.tag,
                vr: header.vr ?? .ob,
                value: .fragments(fragments)
            )
        default:
            throw DICOMError(
                .invalidLength,
                tag: header.tag,
                offset: header.offset,
                "only sequences and encapsulated pixel data may have an undefined length"
            )
        }
    }
}
