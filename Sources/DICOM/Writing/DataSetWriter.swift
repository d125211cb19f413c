/// Encodes data sets; the output depends on nothing but the input.
struct DataSetWriter {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    private let syntax: TransferSyntax
    private let sequenceLengths: SequenceLengths

    /// Makes a writer that appends to bytes.
    init(
        _ syntax: TransferSyntax,
        _ sequenceLengths: SequenceLengths,
        after bytes: [UInt8] = []
    ) {
        self.bytes = bytes
        self.syntax = syntax
        self.sequenceLengths = sequenceLengths
    }

    /// Writes the data set of a file, after checking what may stand at its top.
    mutating func writeDataSet(_ dataSet: DataSet) throws(DICOMError) {
        if let first = dataSet.elements.first?.tag, first.group <= 0x0002 {
            throw DICOMError(
                .mismatchedValue,
                tag: first,
                "groups 0000 and 0002 do not belong to a data set"
            )
        }
        if syntax.isEncapsulated, let pixels = dataSet[.pixelData], pixels.bytes != nil {
            throw DICOMError(
                .mismatchedValue,
                tag: .pixelData,
                "native pixel data in an encapsulated syntax"
            )
        }
        try Self.checkText(of: dataSet, in: .default)
        // Pixels are nearly all of a file: room for them at once spares copying what came before.
        let pixels = dataSet[.pixelData]?.bytes?.count ?? 0
        bytes.reserveCapacity(bytes.count + pixels + 64 * dataSet.count + 1024)
        try writeElements(of: dataSet)
    }

    /// Writes every element; group lengths only on demand, since they go stale.
    mutating func writeElements(
        of dataSet: DataSet,
        includingGroupLengths: Bool = false
    ) throws(DICOMError) {
        for element in dataSet where includingGroupLengths || !element.tag.isGroupLength {
            try write(element, characterSet: dataSet.characterSet)
        }
    }

    // MARK: Elements

    private mutating func write(
        _ element: DataElement,
        characterSet: SpecificCharacterSet
    ) throws(DICOMError) {
        guard !element.tag.isDelimitation else {
            throw DICOMError(.mismatchedValue, tag: element.tag, "a delimiter is not an attribute")
        }
        switch element.value {
        case .bytes(let value) where element.vr != .sq || value.isEmpty:
            try write(element, value)
        case .items(let items) where element.vr == .sq:
            try write(element, items, characterSet)
        case .fragments(let fragments)
        where syntax.isEncapsulated && (element.vr == .ob || element.vr == .ow):
            try write(element, fragments)
        default:
            throw DICOMError(
                .mismatchedValue,
                tag: element.tag,
                "a value of this form cannot be \(element.vr.rawValue) in this transfer syntax"
            )
        }
    }

    private mutating func write(
        _ element: DataElement,
        _ value: [UInt8]
    ) throws(DICOMError) {
        let isEven = value.count.isMultiple(of: 2)
        try writeHeader(element, length: value.count + (isEven ? 0 : 1))
        if syntax.isBigEndian {
            var swapped = value
            ByteOrder.swap(&swapped, unit: element.vr.swapUnit)
            bytes += swapped
        } else {
            bytes += value
        }
        if !isEven { bytes.append(element.vr.paddingByte) }
    }

    private mutating func write(
        _ element: DataElement,
        _ items: [DataSet],
        _ characterSet: SpecificCharacterSet
    ) throws(DICOMError) {
        let length = try begin(element)
        for item in items {
            try Self.checkText(of: item, in: characterSet)
            let itemLength = beginItem()
            try writeElements(of: item)
            try end(itemLength, tag: element.tag, delimiter: .itemDelimitationItem)
        }
        try end(length, tag: element.tag, delimiter: .sequenceDelimitationItem)
    }

    private mutating func write(
        _ element: DataElement,
        _ fragments: [[UInt8]]
    ) throws(DICOMError) {
        try writeHeader(element, length: nil)
        for fragment in fragments {
            let isEven = fragment.count.isMultiple(of: 2)
            guard let length = UInt32(exactly: fragment.count + (isEven ? 0 : 1)), length < .max
            else { throw DICOMError(.valueTooLong, tag: element.tag, "a fragment is too long") }
            write(.item)
            append(length)
            bytes += fragment
            if !isEven { bytes.append(0) }
        }
        write(.sequenceDelimitationItem)
        append(UInt32(0))
    }

    // MARK: Headers

    /// Writes tag, representation and length; nil is the undefined length.
    private mutating func writeHeader(
        _ element: DataElement,
        length: Int?
    ) throws(DICOMError) {
        write(element.tag)
        if syntax.isExplicitVR {
            bytes += Array(element.vr.rawValue.utf8)
            if !element.vr.hasLongLength {
                guard let length, let short = UInt16(exactly: length) else {
                    throw DICOMError(
                        .valueTooLong,
                        tag: element.tag,
                        "longer than 65,534 bytes, the most for \(element.vr.rawValue)"
                    )
                }
                append(short)
                return
            }
            bytes += [0, 0]
        }
        guard let length else { return append(UInt32.max) }
        guard length < Int(UInt32.max) else {
            throw DICOMError(.valueTooLong, tag: element.tag, "longer than 4,294,967,294 bytes")
        }
        append(UInt32(length))
    }

    /// Begins a sequence; returns where its contents begin.
    private mutating func begin(_ element: DataElement) throws(DICOMError) -> Int {
        try writeHeader(element, length: sequenceLengths == .defined ? 0 : nil)
        return bytes.count
    }

    private mutating func beginItem() -> Int {
        write(.item)
        append(sequenceLengths == .defined ? 0 : UInt32.max)
        return bytes.count
    }

    /// Ends an item or sequence: puts its length before its contents, or a delimiter after them.
    private mutating func end(_ start: Int, tag: Tag, delimiter: Tag) throws(DICOMError) {
        guard sequenceLengths == .defined else {
            write(delimiter)
            append(UInt32(0))
            return
        }
        guard let length = UInt32(exactly: bytes.count - start), length < .max else {
            throw DICOMError(.valueTooLong, tag: tag, "a sequence is too long")
        }
        let encoded = ordered(length)
        bytes.replaceSubrange(start - 4..<start, with: encoded)
    }

    // MARK: Numbers

    private mutating func write(_ tag: Tag) {
        append(tag.group)
        append(tag.element)
    }

    private mutating func append(_ number: some FixedWidthInteger) {
        bytes += ordered(number)
    }

    private func ordered(_ number: some FixedWidthInteger) -> [UInt8] {
        let little = NumericEncoding.littleEndian(number)
        return syntax.isBigEndian ? little.reversed() : little
    }

    // MARK: Character sets

    /// Refuses text that a reader would decode in another character set than it was encoded in.
    private static func checkText(
        of dataSet: DataSet,
        in outer: SpecificCharacterSet
    ) throws(DICOMError) {
        guard dataSet.characterSet != outer, dataSet[.specificCharacterSet] == nil else { return }
        for element in dataSet where element.vr.usesCharacterSet {
            guard element.bytes?.contains(where: { $0 >= 0x80 || $0 == 0x1B }) ?? false else {
                continue
            }
            throw DICOMError(
                .mismatchedValue,
                tag: element.tag,
                "the data set around gives the text another character set"
            )
        }
    }
}
