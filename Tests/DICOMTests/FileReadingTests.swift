import DICOM
import Testing

/// Files that depart from the standard as real ones do are read, and the departure is on record.
struct FileReadingTests {
    static func kinds(_ file: DICOMFile) -> [Anomaly.Kind] { file.anomalies.map(\.kind) }

    /// An element in explicit little endian with a 16-bit length.
    static func short(_ tag: Tag, _ vr: String, _ value: String) -> [UInt8] {
        header(tag) + Array(vr.utf8) + [UInt8(value.utf8.count), 0] + Array(value.utf8)
    }

    /// An element in explicit little endian with a 32-bit length.
    static func long(_ tag: Tag, _ vr: String, _ length: UInt32, _ value: [UInt8]) -> [UInt8] {
        header(tag) + Array(vr.utf8) + [0, 0] + number(length) + value
    }

    /// An element in implicit little endian, an item or a delimiter.
    static func implicit(_ tag: Tag, _ length: UInt32, _ value: [UInt8] = []) -> [UInt8] {
        header(tag) + number(length) + value
    }

    static func header(_ tag: Tag) -> [UInt8] {
        [
            UInt8(tag.group & 0xFF), UInt8(tag.group >> 8), UInt8(tag.element & 0xFF),
            UInt8(tag.element >> 8),
        ]
    }

    static func number(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    static func read(_ body: [UInt8]) throws -> DICOMFile {
        try DICOMFile(reading: try SmallFile.bytes(.explicitVRLittleEndian, body: body))
    }

    @Test(arguments: SmallFile.syntaxes.filter { !$0.isDeflated })
    func `a bare data set is recognized`(syntax: TransferSyntax) throws {
        let dataSet = try SmallFile.dataSet()
        let file = try DICOMFile.write(dataSet: dataSet, transferSyntax: syntax)
        let bare = try DICOMFile(reading: Array(file[SmallFile.metaEnd(of: file)...]))
        #expect(bare.transferSyntax == syntax)
        #expect(bare.preamble.isEmpty)
        #expect(bare.fileMeta.isEmpty)
        #expect(Self.kinds(bare) == [.missingPreamble, .missingTransferSyntax])
        #expect(bare.dataSet.string(.patientName) == "Doe^Jane")
    }

    @Test func `file meta information without a preamble is recognized`() throws {
        let file = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        for start in [128, 132] {
            let read = try DICOMFile(reading: Array(file[start...]))
            #expect(Self.kinds(read) == [.missingPreamble])
            #expect(read.dataSet == (try SmallFile.dataSet()))
        }
    }

    @Test func `a preamble with content is kept and told`() throws {
        var file = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        file[3] = 0x41
        let read = try DICOMFile(reading: file)
        #expect(read.preamble[3] == 0x41)
        #expect(Self.kinds(read) == [.nonzeroPreamble])
    }

    @Test func `a wrong group length of the file meta is told and not trusted`() throws {
        var file = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        file[140] ^= 0x02
        let read = try DICOMFile(reading: file)
        #expect(Self.kinds(read) == [.wrongGroupLength])
        #expect(read.dataSet == (try SmallFile.dataSet()))
    }

    @Test func `duplicate and descending tags are told and the first value is kept`() throws {
        let file = try Self.read(
            Self.short(.patientName, "PN", "A^") + Self.short(.patientName, "PN", "B^")
                + Self.short(.modality, "CS", "CT") + Self.short(.patientName, "PN", "C^")
        )
        #expect(file.dataSet.map(\.tag) == [.modality, .patientName])
        #expect(file.dataSet.string(.patientName) == "A^")
        #expect(Self.kinds(file) == [.duplicateTag, .outOfOrderTag, .duplicateTag])
        #expect(file.anomalies.first?.tag == "(0010,0010)")
    }

    @Test func `bytes after the pixel data are counted`() throws {
        let file = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        for rest in [[0x44], Array("Doe^Jane was here".utf8), [UInt8](repeating: 0, count: 40)] {
            let read = try DICOMFile(reading: file + rest)
            #expect(read.trailingBytes == rest.count)
            #expect(Self.kinds(read) == [.trailingBytes])
            #expect(read.dataSet == (try SmallFile.dataSet()))
        }
    }

    @Test func `an element after the pixel data is an element`() throws {
        let file = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        let read = try DICOMFile(
            reading: file + Self.long(.dataSetTrailingPadding, "OB", 2, [0, 0])
        )
        #expect(read.trailingBytes == 0)
        #expect(read.dataSet.bytes(.dataSetTrailingPadding) == [0, 0])
        let hidden = try DICOMFile(reading: file + Self.short(.patientName, "PN", "X^"))
        #expect(hidden.trailingBytes == 10)
    }

    @Test func `zeros up to the end of the file are trailing bytes`() throws {
        let file = try Self.read(
            Self.short(.modality, "CS", "CT") + [UInt8](repeating: 0, count: 5)
        )
        #expect(file.trailingBytes == 5)
    }

    @Test func `UN of undefined length is a sequence in implicit little endian`() throws {
        let inner = Self.implicit(.codeValue, 4, Array("T-D1".utf8))
        let file = try Self.read(
            Self.short(Tag(0x0019, 0x0010), "LO", "ACME")
                + Self.long(Tag(0x0019, 0x1001), "UN", .max, [])
                + Self.implicit(.item, UInt32(inner.count), inner)
                + Self.implicit(.sequenceDelimitationItem, 0)
        )
        #expect(file.dataSet[Tag(0x0019, 0x1001)]?.vr == .sq)
        #expect(file.dataSet.items(Tag(0x0019, 0x1001)).first?.string(.codeValue) == "T-D1")
    }

    @Test func `UN that the dictionary knows as a sequence is resolved`() throws {
        let inner = Self.implicit(.codeValue, 4, Array("T-D1".utf8))
        let items = Self.implicit(.item, UInt32(inner.count), inner)
        let file = try Self.read(
            Self.long(.anatomicRegionSequence, "UN", UInt32(items.count), items)
        )
        #expect(file.dataSet.items(.anatomicRegionSequence).first?.string(.codeValue) == "T-D1")
        #expect(file.anomalies.isEmpty)
        let broken = try Self.read(
            Self.long(.anatomicRegionSequence, "UN", 4, [1, 2, 3, 4])
                + Self.short(.patientID, "LO", "AB")
        )
        #expect(broken.dataSet.bytes(.anatomicRegionSequence) == [1, 2, 3, 4])
        #expect(broken.dataSet.string(.patientID) == nil || broken.dataSet.count == 2)
        #expect(Self.kinds(broken).contains(.unparsedSequence))
    }

    @Test func `a representation of the future is read as UN`() throws {
        let file = try Self.read(Self.long(.patientID, "ZZ", 2, [0x41, 0x42]))
        #expect(file.dataSet[.patientID]?.vr == .un)
        #expect(Self.kinds(file) == [.unknownVR])
        #expect(
            HostileFileTests.code(
                of: try SmallFile.bytes(
                    .explicitVRLittleEndian,
                    body: Self.short(.modality, "CS", "CT") + Self.short(.patientID, "l0", "AB")
                )
            )
                == .invalidVR
        )
    }

    @Test func `the declared encoding yields to the one that is there`() throws {
        let dataSet = try SmallFile.dataSet()
        let implicit = try DICOMFile.write(
            dataSet: dataSet,
            transferSyntax: .implicitVRLittleEndian
        )
        let body = Array(implicit[SmallFile.metaEnd(of: implicit)...])
        let mislabelled = try Self.read(body)
        #expect(mislabelled.transferSyntax == .implicitVRLittleEndian)
        #expect(Self.kinds(mislabelled) == [.transferSyntaxMismatch])
        #expect(mislabelled.dataSet == dataSet)
        let explicit = try DICOMFile.write(dataSet: dataSet)
        let other = try DICOMFile(
            reading: try SmallFile.bytes(
                .implicitVRLittleEndian,
                body: Array(explicit[SmallFile.metaEnd(of: explicit)...])
            )
        )
        #expect(other.transferSyntax == .explicitVRLittleEndian)
        #expect(other.dataSet == dataSet)
    }

    @Test func `stray delimiters are stepped over and told`() throws {
        let item = Self.implicit(.item, 0)
        let stray = Self.implicit(.itemDelimitationItem, 0)
        let file = try Self.read(
            Self.long(.anatomicRegionSequence, "SQ", 24, item + stray + item)
                + Self.short(.patientID, "LO", "AB")
        )
        #expect(file.dataSet.items(.anatomicRegionSequence).count == 2)
        #expect(Self.kinds(file).contains(.strayDelimiter))
    }

    @Test func `odd lengths and orphaned private elements are told`() throws {
        let file = try Self.read(
            Self.short(.modality, "CS", "CTX") + Self.short(Tag(0x0019, 0x1001), "LO", "AB")
        )
        #expect(Set(Self.kinds(file)) == [.oddLength, .missingPrivateCreator])
    }

    @Test func `items inherit the character set unless they have their own`() throws {
        var own = DataSet()
        try own.set(.specificCharacterSet, string: "ISO_IR 192")
        try own.set(.patientName, string: "山田")
        var inheriting = DataSet(characterSet: .latin1)
        try inheriting.set(.patientName, string: "Jérôme")
        var dataSet = try SmallFile.dataSet()
        try dataSet.set(.specificCharacterSet, string: "ISO_IR 100")
        dataSet.set(.referencedStudySequence, items: [own, inheriting])
        let file = try DICOMFile(reading: try DICOMFile.write(dataSet: dataSet))
        let names = file.dataSet.items(.referencedStudySequence).map { $0.string(.patientName) }
        #expect(names == ["山田", "Jérôme"])
        #expect(file.dataSet.items(.referencedStudySequence)[1].characterSet == .latin1)
    }

    @Test func `unknown character sets are told`() throws {
        let file = try Self.read(Self.short(.specificCharacterSet, "CS", "KLINGON "))
        #expect(Self.kinds(file) == [.unknownCharacterSet])
    }
}
