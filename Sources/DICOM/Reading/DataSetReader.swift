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
    private(set) var input: ByteReader

    /// What was odd so far.
    private(set) var anomalies: [Anomaly] = []

    private let limits: ReadingLimits
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

    /// Reads the elements of an item: up to its end, or to its delimiter if `isDelimited`.
    mutating func readItem(_ context: Context, isDelimited: Bool) throws(DICOMError) -> DataSet {
        var collected = ElementCollector(context)
        while isDelimited || offset < context.end {
            if isDelimited, try skipDelimiter(.itemDelimitationItem, context) { break }
            collected.add(try readElement(collected.context), to: &self)
        }
        return collected.finish(&self)
    }

    // MARK: Headers

    private mutating func readHeader(_ context: Context) throws(DICOMError) -> ElementHeader {
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
    private func require(_ count: Int, _ context: Context, tag: Tag?) throws(DICOMError) {
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

    // MARK: Items

    /// Reads the items of a sequence up to its end, or to its delimiter if `length` is nil.
    private mutating func readItems(
        _ header: ElementHeader,
        _ context: Context,
        length: Int?
    ) throws(DICOMError) -> [DataSet] {
        guard context.depth < limits.maximumDepth else {
            throw DICOMError(
                .depthLimit,
                tag: header.tag,
                offset: header.offset,
                "sequences nested deeper than \(limits.maximumDepth)"
            )
        }
        var inner = context
        inner.depth += 1
        if let length { inner.end = offset + length }
        var items: [DataSet] = []
        while length == nil || offset < inner.end {
            let item = try readHeader(inner)
            switch item.tag {
            case .item: items.append(try readItem(item, inner))
            case .sequenceDelimitationItem where length == nil:
                noteLength(of: item)
                return items
            case .itemDelimitationItem, .sequenceDelimitationItem:
                record(.strayDelimiter, tag: header.tag, offset: item.offset)
            default:
                throw DICOMError(
                    .invalidSequence,
                    tag: header.tag,
                    offset: item.offset,
                    "neither an item nor a delimiter where one must stand"
                )
            }
        }
        return items
    }

    private mutating func readItem(
        _ item: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> DataSet {
        var inner = context
        if !item.isUndefinedLength {
            try require(Int(item.length), context, tag: item.tag)
            inner.end = offset + Int(item.length)
        }
        return try readItem(inner, isDelimited: item.isUndefinedLength)
    }

    /// Reads UN bytes as a sequence; nil, with the place unchanged, if they are none.
    private mutating func attemptItems(
        _ header: ElementHeader,
        _ context: Context,
        length: Int
    ) throws(DICOMError) -> [DataSet]? {
        let start = offset
        let recorded = anomalies.count
        var inner = context
        inner.encoding = .implicitLittleEndian
        do throws(DICOMError) {
            return try readItems(header, inner, length: length)
        } catch {
            guard ![.depthLimit, .elementCountLimit].contains(error.code) else { throw error }
            input.offset = start
            anomalies.removeSubrange(recorded...)
            record(.unparsedSequence, tag: header.tag, offset: header.offset)
            return nil
        }
    }

    /// Moves past a delimiter if one is next.
    private mutating func skipDelimiter(
        _ delimiter: Tag,
        _ context: Context
    ) throws(DICOMError) -> Bool {
        try require(8, context, tag: delimiter)
        guard input.tag(at: offset, bigEndian: context.encoding.isBigEndian) == delimiter else {
            return false
        }
        noteLength(of: try readHeader(context))
        return true
    }

    private mutating func noteLength(of delimiter: ElementHeader) {
        if delimiter.length != 0 {
            record(.strayDelimiter, tag: delimiter.tag, offset: delimiter.offset)
        }
    }

    private mutating func readFragments(
        _ header: ElementHeader,
        _ context: Context
    ) throws(DICOMError) -> [[UInt8]] {
        var fragments: [[UInt8]] = []
        while true {
            let item = try readHeader(context)
            if item.tag == .sequenceDelimitationItem {
                noteLength(of: item)
                return fragments
            }
            guard item.tag == .item, !item.isUndefinedLength else {
                throw DICOMError(
                    .invalidSequence,
                    tag: header.tag,
                    offset: item.offset,
                    "neither a fragment nor the delimiter in encapsulated pixel data"
                )
            }
            let length = Int(item.length)
            try require(length, context, tag: header.tag)
            fragments.append(Array(input.bytes[offset..<offset + length]))
            input.offset += length
        }
    }
}
