import DICOM
import Testing

struct DataDictionaryTests {
    @Test func `a tag gives its entry and a keyword its tag`() throws {
        let entry = try #require(DataDictionary.entry(for: .patientName))
        #expect(entry.vr == .pn)
        #expect(entry.vm == "1")
        #expect(entry.name == "Patient's Name")
        #expect(entry.keyword == "PatientName")
        #expect(!entry.isRetired)
        #expect(DataDictionary.tag(keyword: "PixelData") == .pixelData)
        #expect(DataDictionary.tag(keyword: "Nonsense") == nil)
        #expect(DataDictionary.tag(keyword: "") == nil)
        #expect(DataDictionary.entry(for: Tag(0x0008, 0x0001))?.isRetired == true)
        #expect(DataDictionary.entry(for: Tag(0x0010, 0xFFFF)) == nil)
    }

    @Test func `the first and the last row are found`() {
        #expect(DataDictionary.entry(for: Tag(0x0000, 0x0002))?.keyword == "AffectedSOPClassUID")
        #expect(DataDictionary.entry(for: .dataSetTrailingPadding)?.vr == .ob)
    }

    @Test func `repeating groups are found by their pattern`() {
        #expect(DataDictionary.entry(for: Tag(0x6002, 0x3000))?.keyword == "OverlayData")
        #expect(DataDictionary.entry(for: Tag(0x50FE, 0x0005))?.keyword == "CurveDimensions")
        #expect(DataDictionary.vr(for: Tag(0x6002, 0x3000)) == .ow)
    }

    @Test func `the sign of the pixels decides between US and SS`() {
        #expect(DataDictionary.vr(for: .smallestImagePixelValue) == .us)
        #expect(DataDictionary.vr(for: .smallestImagePixelValue, isSigned: true) == .ss)
        #expect(DataDictionary.vr(for: .rows, isSigned: true) == .us)
        #expect(DataDictionary.vr(for: .pixelData) == .ow)
    }

    @Test func `private elements have no representation but their creators have`() {
        #expect(DataDictionary.vr(for: Tag(0x0019, 0x0010)) == .lo)
        #expect(DataDictionary.vr(for: Tag(0x0019, 0x0000)) == .ul)
        #expect(DataDictionary.vr(for: Tag(0x0019, 0x1001)) == nil)
    }

    @Test func `the names of tags agree with the table`() {
        #expect(DataDictionary.tag(keyword: "CTDIvol") == .ctdiVol)
        #expect(DataDictionary.tag(keyword: "SOPInstanceUID") == .sopInstanceUID)
        #expect(DataDictionary.tag(keyword: "TransferSyntaxUID") == .transferSyntaxUID)
        #expect(DataDictionary.tag(keyword: "KVP") == .kvp)
    }

    @Test func `standard identifiers are told from others`() {
        #expect(StandardUID.contains("1.2.840.10008.1.2"))
        #expect(!StandardUID.contains("1.2.840.100080.1"))
        #expect(!StandardUID.contains("1.2.840.113619.2.5"))
        #expect(StandardUID.name(of: "1.2.840.10008.5.1.4.1.1.2") == "CT Image Storage")
        #expect(StandardUID.name(of: "1.2.840.10008.999") == nil)
    }

    @Test func `a tag is written as the standard writes it`() {
        #expect(Tag(0x0010, 0x00AB).description == "(0010,00AB)")
        #expect(Tag(number: 0x7FE0_0010) == .pixelData)
        #expect(Tag(0x0009, 0x0010).isPrivateCreator)
        #expect(!Tag(0x0009, 0x1010).isPrivateCreator)
        #expect(Tag(0x0009, 0x0010) < Tag(0x0009, 0x0011))
    }

    @Test(arguments: VR.allCases)
    func `a representation is found by its letters`(vr: VR) {
        let letters = Array(vr.rawValue.utf8)
        #expect(VR(letters[0], letters[1]) == vr)
        #expect(VR(letters[0], letters[1] | 0x20) == nil)
        #expect(VR(0x5A, 0x5A) == nil)
        #expect(VR(0x00, 0xFF) == nil)
    }
}
