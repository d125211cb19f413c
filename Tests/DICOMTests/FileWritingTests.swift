import DICOM
import Testing

struct FileWritingTests {
    @Test func `a file begins with a fresh preamble and a right group length`() throws {
        let bytes = try DICOMFile.write(dataSet: try SmallFile.dataSet())
        #expect(bytes[..<128].allSatisfy { $0 == 0 })
        #expect(Array(bytes[128..<132]) == Array("DICM".utf8))
        #expect(bytes[SmallFile.metaEnd(of: bytes)] == 0x08)
        let file = try DICOMFile(reading: bytes)
        #expect(file.fileMeta.string(.transferSyntaxUID) == "1.2.840.10008.1.2.1")
        #expect(file.fileMeta.string(.mediaStorageSOPInstanceUID) == "2.25.1")
        #expect(file.fileMeta.string(.implementationVersionName) == "FEDHEADCT_1")
        #expect(file.fileMeta.bytes(.fileMetaInformationVersion) == [0, 1])
        #expect(file.fileMeta.count == 7)
    }

    @Test func `a golden element of each header form`() throws {
        var item = DataSet()
        try item.set(.codeValue, string: "AB")
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, string: "1.2")
        try dataSet.set(.sopInstanceUID, string: "1.3.4")
        dataSet.set(.anatomicRegionSequence, items: [item])
        dataSet.set(.pixelData, .ow, bytes: [1, 2])
        let bytes = try DICOMFile.write(dataSet: dataSet)
        let expected: [UInt8] = [
            0x08, 0, 0x16, 0, 0x55, 0x49, 4, 0, 0x31, 0x2E, 0x32, 0,
            0x08, 0, 0x18, 0, 0x55, 0x49, 6, 0, 0x31, 0x2E, 0x33, 0x2E, 0x34, 0,
            0x08, 0, 0x18, 0x22, 0x53, 0x51, 0, 0, 18, 0, 0, 0,
            0xFE, 0xFF, 0x00, 0xE0, 10, 0, 0, 0,
            0x08, 0, 0x00, 0x01, 0x53, 0x48, 2, 0, 0x41, 0x42,
            0xE0, 0x7F, 0x10, 0, 0x4F, 0x57, 0, 0, 2, 0, 0, 0, 1, 2,
        ]
        #expect(Array(bytes[SmallFile.metaEnd(of: bytes)...]) == expected)
    }

    @Test func `group lengths are left out and odd values padded`() throws {
        var dataSet = try SmallFile.dataSet()
        try dataSet.set(Tag(0x0010, 0x0000), .ul, ints: [99])
        dataSet.insert(DataElement(tag: .patientID, vr: .lo, value: .bytes([0x41])))
        let file = try DICOMFile(reading: try DICOMFile.write(dataSet: dataSet))
        #expect(file.dataSet[Tag(0x0010, 0x0000)] == nil)
        #expect(file.dataSet.bytes(.patientID) == [0x41, 0x20])
    }

    static func code(
        _ dataSet: DataSet,
        _ syntax: TransferSyntax = .explicitVRLittleEndian
    ) -> DICOMError.Code? {
        do {
            _ = try DICOMFile.write(dataSet: dataSet, transferSyntax: syntax)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `what cannot be written is refused`() throws {
        var dataSet = try SmallFile.dataSet()
        dataSet.set(.patientID, .lo, bytes: [UInt8](repeating: 0x41, count: 65_536))
        #expect(Self.code(dataSet) == .valueTooLong)
        #expect(Self.code(dataSet, .implicitVRLittleEndian) == nil)
        var noClass = try SmallFile.dataSet()
        noClass[.sopClassUID] = nil
        #expect(Self.code(noClass) == .missingAttribute)
        var meta = try SmallFile.dataSet()
        try meta.set(.transferSyntaxUID, string: "1.2")
        #expect(Self.code(meta) == .mismatchedValue)
        #expect(Self.code(try SmallFile.dataSet(), .rleLossless) == .mismatchedValue)
        var fragments = try SmallFile.dataSet()
        fragments[.pixelData] = DataElement(tag: .pixelData, vr: .ob, value: .fragments([[]]))
        #expect(Self.code(fragments) == .mismatchedValue)
        var items = try SmallFile.dataSet()
        items[.patientID] = DataElement(tag: .patientID, vr: .lo, value: .items([]))
        #expect(Self.code(items) == .mismatchedValue)
    }

    @Test func `text that would change its meaning is refused`() throws {
        var item = DataSet(characterSet: .utf8)
        try item.set(.patientName, string: "山田")
        var dataSet = try SmallFile.dataSet()
        dataSet.set(.referencedStudySequence, items: [item])
        #expect(Self.code(dataSet) == .mismatchedValue)
        try dataSet.set(.specificCharacterSet, string: "ISO_IR 192")
        #expect(Self.code(dataSet) == nil)
    }
}
