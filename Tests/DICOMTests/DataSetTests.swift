import DICOM
import Testing

struct DataSetTests {
    @Test func `elements stand in the order of their tags`() throws {
        var dataSet = DataSet()
        try dataSet.set(.rows, ints: [1])
        try dataSet.set(.modality, string: "CT")
        try dataSet.set(.patientID, string: "A")
        try dataSet.set(.modality, string: "MR")
        #expect(dataSet.map(\.tag) == [.modality, .patientID, .rows])
        #expect(dataSet.string(.modality) == "MR")
        #expect(dataSet.remove(.patientID)?.tag == .patientID)
        #expect(dataSet.remove(.patientID) == nil)
        dataSet[.rows] = nil
        #expect(dataSet.count == 1)
    }

    @Test func `of equal tags the first is kept`() {
        let first = DataElement(tag: .patientID, vr: .lo, value: .bytes([0x41, 0x20]))
        let second = DataElement(tag: .patientID, vr: .lo, value: .bytes([0x42, 0x20]))
        let set = DataElement(
            tag: .specificCharacterSet,
            vr: .cs,
            value: .bytes(Array("ISO_IR 192".utf8))
        )
        let dataSet = DataSet([first, second, set])
        #expect(dataSet.string(.patientID) == "A")
        #expect(dataSet.characterSet == .utf8)
    }

    @Test func `a private creator owns the elements of its block`() throws {
        var dataSet = DataSet()
        try dataSet.set(Tag(0x0019, 0x0010), .lo, string: "ACME 1.0 ")
        dataSet.set(Tag(0x0019, 0x0011), .un, bytes: Array("OTHER ".utf8))
        #expect(dataSet.privateCreator(for: Tag(0x0019, 0x10AB)) == "ACME 1.0")
        #expect(dataSet.privateCreator(for: Tag(0x0019, 0x1101)) == "OTHER")
        #expect(dataSet.privateCreator(for: Tag(0x0019, 0x1201)) == nil)
        #expect(dataSet.privateCreator(for: Tag(0x0019, 0x0010)) == nil)
        #expect(dataSet.privateCreator(for: .patientID) == nil)
    }

    @Test func `text values lose padding and keep inner spaces`() {
        var dataSet = DataSet()
        dataSet.set(.imageType, .cs, bytes: Array("ORIGINAL\\ PRIMARY \\AXIAL".utf8))
        dataSet.set(.studyInstanceUID, .ui, bytes: Array("1.2.3".utf8))
        dataSet.set(.imageComments, .lt, bytes: Array("  a\\b  ".utf8))
        dataSet.set(.patientID, .lo, bytes: [])
        #expect(dataSet.strings(.imageType) == ["ORIGINAL", "PRIMARY", "AXIAL"])
        #expect(dataSet.string(.studyInstanceUID) == "1.2.3")
        #expect(dataSet[.studyInstanceUID]?.bytes?.last == 0)
        #expect(dataSet.strings(.imageComments) == ["  a\\b"])
        #expect(dataSet.rawText(.imageComments) == "  a\\b   ")
        #expect(dataSet.string(.patientID) == nil)
        #expect(dataSet.strings(.patientID).isEmpty)
        #expect(dataSet.string(.patientName) == nil)
    }

    @Test func `a NUL with residue behind it stays visible`() {
        var dataSet = DataSet()
        dataSet.set(.stationName, .sh, bytes: Array("CT1\0DOE^J".utf8))
        #expect(dataSet.string(.stationName) == "CT1\0DOE^J")
    }

    @Test func `an element of unknown representation is read by the dictionary`() {
        var dataSet = DataSet()
        dataSet.set(.patientName, .un, bytes: Array("Doe^J ".utf8))
        dataSet.set(.rows, .un, bytes: [2, 1])
        #expect(dataSet.string(.patientName) == "Doe^J")
        #expect(dataSet.int(.rows) == 258)
    }

    @Test func `numbers are read from text and binary values`() {
        var dataSet = DataSet()
        dataSet.set(.instanceNumber, .is, bytes: Array(" +12".utf8))
        dataSet.set(.pixelSpacing, .ds, bytes: Array("0.5 \\4.9e-1".utf8))
        dataSet.set(.kvp, .ds, bytes: Array("120.0 ".utf8))
        dataSet.set(.sliceThickness, .ds, bytes: Array("0x10".utf8))
        dataSet.set(.windowCenter, .ds, bytes: Array("40\\nan".utf8))
        dataSet.set(.smallestImagePixelValue, .ss, bytes: [0xFF, 0xFF])
        dataSet.set(Tag(0x0018, 0x9087), .fd, bytes: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
        #expect(dataSet.int(.instanceNumber) == 12)
        #expect(dataSet.doubles(.pixelSpacing) == [0.5, 0.49])
        #expect(dataSet.int(.kvp) == 120)
        #expect(dataSet.double(.sliceThickness) == nil)
        #expect(dataSet.doubles(.windowCenter).isEmpty)
        #expect(dataSet.int(.smallestImagePixelValue) == -1)
        #expect(dataSet.double(Tag(0x0018, 0x9087)) == nil)
        #expect(dataSet.int(.rows) == nil)
    }

    @Test(arguments: [
        (VR.us, [0, 65_535]), (.ss, [-32_768, 32_767]), (.ul, [4_294_967_295]),
        (.sl, [-2_147_483_648]), (.uv, [Int.max]), (.sv, [Int.min]), (.is, [-5, 7]),
        (.ds, [1, 2]), (.fd, [3]), (.fl, [4]),
    ])
    func `whole numbers that are set are read`(vr: VR, values: [Int]) throws {
        var dataSet = DataSet()
        try dataSet.set(Tag(0x0011, 0x1001), vr, ints: values)
        let isFloat = vr == .fd || vr == .fl
        #expect(
            isFloat
                ? dataSet.doubles(Tag(0x0011, 0x1001)) == values.map(Double.init)
                : dataSet.ints(Tag(0x0011, 0x1001)) == values
        )
    }

    @Test func `numbers that do not fit are refused`() {
        var dataSet = DataSet()
        #expect(throws: DICOMError.self) { try dataSet.set(.rows, ints: [65_536]) }
        #expect(throws: DICOMError.self) { try dataSet.set(.instanceNumber, ints: [1 << 31]) }
        #expect(throws: DICOMError.self) { try dataSet.set(.kvp, doubles: [.nan]) }
        #expect(throws: DICOMError.self) { try dataSet.set(.patientName, doubles: [1]) }
        #expect(dataSet.isEmpty)
    }

    @Test(arguments: [
        -1.0 / 3, 1e-300 / 3, -2.0 / 3e10, 123_456_789.123_456_789, 0.1 + 0.2, 1e22, -0.0, 1_024,
        -Double.leastNonzeroMagnitude, 1.797e308,
    ])
    func `decimal strings fit sixteen characters and keep ten digits`(value: Double) throws {
        var dataSet = DataSet()
        try dataSet.set(.sliceLocation, doubles: [value])
        let text = try #require(dataSet.string(.sliceLocation))
        #expect(text.count <= 16)
        let read = try #require(dataSet.double(.sliceLocation))
        #expect(abs(read - value) <= abs(value) * 1e-8)
    }

    @Test func `text that the data set cannot hold is refused`() throws {
        var dataSet = DataSet(characterSet: .latin1)
        try dataSet.set(.patientName, string: "Jérôme")
        #expect(dataSet.string(.patientName) == "Jérôme")
        #expect(throws: DICOMError.self) { try dataSet.set(.patientName, string: "山田") }
        #expect(throws: DICOMError.self) { try dataSet.set(.stationName, strings: ["a\\b"]) }
        #expect(throws: DICOMError.self) { try dataSet.set(.rows, string: "1") }
        #expect(throws: DICOMError.self) { try dataSet.set(.imageComments, strings: ["a", "b"]) }
    }

    @Test func `setting the character set changes how later text is encoded`() throws {
        var dataSet = DataSet()
        try dataSet.set(.specificCharacterSet, string: "ISO_IR 192")
        try dataSet.set(.patientName, string: "山田")
        #expect(dataSet.bytes(.patientName) == Array("山田".utf8))
    }

    @Test func `tags in values are read and written`() {
        var dataSet = DataSet()
        dataSet.set(.dimensionIndexPointer, tags: [.rows, .pixelData])
        #expect(dataSet.tags(.dimensionIndexPointer) == [.rows, .pixelData])
    }
}
