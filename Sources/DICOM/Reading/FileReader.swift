/// Reads a file: finds out how it begins and how its data set is encoded.
struct FileReader {
    private var reader: DataSetReader
    private let bytes: [UInt8]
    private let limits: ReadingLimits
    private let isCut: Bool
    private var preamble: [UInt8] = []

    /// Reads a file, or its first bytes if it `isCut`.
    init(_ bytes: [UInt8], limits: ReadingLimits, isCut: Bool = false) throws(DICOMError) {
        guard bytes.count <= limits.maximumFileSize else {
            throw DICOMError(
                .fileSizeLimit,
                "\(bytes.count) bytes, the limit is \(limits.maximumFileSize)"
            )
        }
        self.bytes = bytes
        self.limits = limits
        self.isCut = isCut
        let start = Self.startOfElements(bytes)
        reader = DataSetReader(bytes, offset: start, limits: limits)
        if start == 132 { preamble = Array(bytes[..<128]) }
    }

    /// Reads everything, or up to a tag of the data set.
    mutating func read(until: Tag?) throws(DICOMError) -> DICOMFile {
        notePreamble()
        let meta = try readFileMeta()
        let syntax = try transferSyntax(meta)
        var padding = 0
        if syntax.isDeflated { padding = try inflateRest() }
        var rest = try reader.readDataSet(syntax.elementEncoding, until: until)
        rest.trailingBytes += padding
        if rest.trailingBytes > 0 { reader.record(.trailingBytes, offset: reader.offset) }
        return DICOMFile(
            dataSet: rest.dataSet,
            fileMeta: meta,
            transferSyntax: syntax,
            preamble: preamble,
            trailingBytes: rest.trailingBytes,
            anomalies: reader.anomalies
        )
    }

    // MARK: Beginning

    /// The offset of the first element: after the prefix DICM, or 0 in files without it.
    private static func startOfElements(_ bytes: [UInt8]) -> Int {
        let prefix: [UInt8] = [0x44, 0x49, 0x43, 0x4D]
        if bytes.count >= 132, bytes[128..<132].elementsEqual(prefix) { return 132 }
        return bytes.starts(with: prefix) ? 4 : 0
    }

    private mutating func notePreamble() {
        if preamble.isEmpty {
            reader.record(.missingPreamble, offset: 0)
        } else if preamble.contains(where: { $0 != 0 }) {
            reader.record(.nonzeroPreamble, offset: 0)
        }
    }

    // MARK: File meta information

    /// Reads group 0002, always little endian, by its tags and not by its stated length.
    private mutating func readFileMeta() throws(DICOMError) -> DataSet {
        guard nextGroupIsFileMeta else { return DataSet() }
        var encoding = ElementEncoding.explicitLittleEndian
        if reader.offset + 6 <= bytes.count, !reader.input.hasRepresentation(at: reader.offset) {
            encoding = .implicitLittleEndian
            reader.record(.transferSyntaxMismatch, offset: reader.offset)
        }
        var collected = ElementCollector(
            DataSetReader.Context(encoding: encoding, end: bytes.count)
        )
        var startAfterLength: Int?
        while nextGroupIsFileMeta {
            let element = try reader.readElement(collected.context)
            if element.tag == .fileMetaInformationGroupLength { startAfterLength = reader.offset }
            collected.add(element, to: &reader)
        }
        let meta = collected.finish(&reader)
        let length = startAfterLength.map { reader.offset - $0 }
        if length == nil || meta.int(.fileMetaInformationGroupLength) != length {
            reader.record(.wrongGroupLength, tag: .fileMetaInformationGroupLength)
        }
        return meta
    }

    private var nextGroupIsFileMeta: Bool {
        reader.offset + 2 <= bytes.count
            && reader.input.uint16(at: reader.offset, bigEndian: false) == 0x0002
    }

    // MARK: Transfer syntax

    private mutating func transferSyntax(_ meta: DataSet) throws(DICOMError) -> TransferSyntax {
        guard let uid = meta.string(.transferSyntaxUID) else {
            reader.record(.missingTransferSyntax, tag: .transferSyntaxUID)
            return try guessedSyntax()
        }
        guard let declared = TransferSyntax(uid: uid) else {
            throw DICOMError(
                .unsupportedTransferSyntax,
                tag: .transferSyntaxUID,
                "the encoding of this transfer syntax is not known"
            )
        }
        guard let actual = contradiction(to: declared) else { return declared }
        reader.record(.transferSyntaxMismatch, offset: reader.offset)
        return actual
    }

    /// The native syntax that the first element shows, if it cannot be in the declared one.
    private func contradiction(to declared: TransferSyntax) -> TransferSyntax? {
        let start = reader.offset
        guard start + 8 <= bytes.count, !declared.isDeflated, !declared.isBigEndian else {
            return nil
        }
        let tag = reader.input.tag(at: start, bigEndian: false)
        let stated = VR(bytes[start + 4], bytes[start + 5])
        if declared.isExplicitVR {
            let length = Int(reader.input.uint32(at: start + 4, bigEndian: false))
            let fits = length <= bytes.count - start - 8
            return !reader.input.hasRepresentation(at: start) && fits && tag.group != 0
                ? .implicitVRLittleEndian : nil
        }
        return stated != nil && stated == DataDictionary.vr(for: tag)
            ? .explicitVRLittleEndian : nil
    }

    /// The syntax that the first element of a data set without file meta information shows.
    private func guessedSyntax() throws(DICOMError) -> TransferSyntax {
        let start = reader.offset
        guard start + 8 <= bytes.count else {
            let code: DICOMError.Code = start == 0 ? .notDICOM : .truncated
            throw DICOMError(
                code,
                offset: start,
                bytes.isEmpty ? "the file is empty" : "too short for one element"
            )
        }
        let isBig = bytes[start] == 0 && bytes[start + 1] != 0
        let group = reader.input.uint16(at: start, bigEndian: isBig)
        let stated = VR(bytes[start + 4], bytes[start + 5])
        let length = Int(reader.input.uint32(at: start + 4, bigEndian: isBig))
        // Objects without file meta information begin with groups 0004 to 0032.
        guard (0x0004...0x0032).contains(group) else {
            throw DICOMError(
                .notDICOM,
                offset: start,
                ForeignFormat(bytes)?.words ?? "no DICM prefix and no plausible first tag"
            )
        }
        if stated != nil { return isBig ? .explicitVRBigEndian : .explicitVRLittleEndian }
        guard !isBig, length <= bytes.count - start - 8 || length == 0xFFFF_FFFF else {
            throw DICOMError(
                .notDICOM,
                offset: start,
                ForeignFormat(bytes)?.words ?? "no DICM prefix and no plausible first element"
            )
        }
        return .implicitVRLittleEndian
    }

    // MARK: Deflate

    /// Continues in the inflated data set; returns the number of bytes after the deflate stream.
    private mutating func inflateRest() throws(DICOMError) -> Int {
        let start = reader.offset
        let inflated =
            isCut
            ? try Inflater.inflateBeginning(bytes, from: start)
            : try Inflater.inflate(bytes, from: start, limit: limits.maximumInflatedSize)
        reader.restart(in: inflated.output)
        let rest = bytes[(start + inflated.consumed)...]
        // One NUL may make the stream even (PS3.5 annex A.5).
        return rest.count == 1 && rest.first == 0 ? 0 : rest.count
    }
}
