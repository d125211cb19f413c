import DICOM
import Deidentification
import Testing

/// A token of its own in each attribute of the standard, listed in Table E.1-1 or not.
@Suite struct AllAttributesTests {
    private static func check(_ slice: HeadSlice, _ corpus: PlantedCorpus) throws -> DataSet {
        var search = LeakSearch()
        for token in corpus.tokens { search.add(word: token) }
        search.add(year: 1987, month: 6, day: 5)
        let input = try DICOMFile.write(dataSet: slice.dataSet)
        let output = try TestKeys.deidentifier().deidentify(DICOMFile(reading: input))
        #expect(!search.hits(in: input).isEmpty, "nothing was planted")
        let hits = search.hits(in: output.dicomBytes)
        #expect(hits.isEmpty, "\(hits.prefix(20))")
        return output.dataSet
    }

    private static func everything(_ corpus: inout PlantedCorpus) -> [DataElement] {
        StandardAttributes.all.filter { !StandardAttributes.structural.contains($0.tag) }
            .compactMap { corpus.element(for: $0.tag, vr: $0.vr) }
    }

    @Test func `there are as many attributes as the standard has`() {
        #expect(StandardAttributes.all.count > 4_800)
    }

    @Test func `nothing planted in any attribute of the standard comes out`() throws {
        var corpus = PlantedCorpus()
        var slice = HeadSlice()
        for element in Self.everything(&corpus) { slice.dataSet.insert(element) }
        let output = try Self.check(slice, corpus)
        #expect(output.string(.sliceThickness) == "5")
    }

    @Test(arguments: [1, 2])
    func `nor from the items of any sequence of the standard`(depth: Int) throws {
        let inner = DICOMTag(0x0008, 0x1115)
        for (tag, vr) in StandardAttributes.all where vr == .sq {
            var corpus = PlantedCorpus()
            var item = DataSet(
                [
                    (DICOMTag.patientName, VR.pn), (.studyDescription, .lo), (.studyDate, .da),
                    (.sopInstanceUID, .ui), (.codeMeaning, .lo), (.codeValue, .sh),
                    (.referencedSOPInstanceUID, .ui), (DICOMTag(0x0040, 0xA160), .ut),
                    (DICOMTag(0x0040, 0xA30A), .ds), (DICOMTag(0x0018, 0x1210), .sh),
                    (.patientAge, .as), (DICOMTag(0x0008, 0x1140), .sq), (.modality, .cs),
                    (DICOMTag(0x0018, 0x1411), .ds), (DICOMTag(0x0018, 0x9367), .uc),
                ].compactMap { corpus.element(for: $0.0, vr: $0.1) }
            )
            if depth == 2 {
                item = DataSet([DataElement(tag: inner, vr: .sq, value: .items([item]))])
            }
            var slice = HeadSlice()
            slice.set(tag, items: [item, item])
            _ = try Self.check(slice, corpus)
        }
    }

    @Test func `nothing comes out of values under another representation`() throws {
        // One search for all: what is planted is the same twelve letters but for the tag's number.
        var search = LeakSearch()
        search.add(word: "ZQXJVKWOFFBY")
        for vr in VR.allCases where vr != .sq {
            var slice = HeadSlice()
            for (tag, _) in StandardAttributes.all
            where !StandardAttributes.structural.contains(tag) && tag.group < 0x0060 {
                let bytes = Array("ZQXJVKWOFFBY \(tag.number)".utf8)
                slice.set(tag, vr, bytes: Array(bytes.prefix(max(8, vr.swapUnit * 2))))
                if tag.element % 3 == 0 { slice.set(tag, vr, bytes: Array(bytes.prefix(16))) }
            }
            search.add(word: "ZQXJVKWO")
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            let hits = search.hits(in: output.dicomBytes)
            #expect(hits.isEmpty, "\(vr)")
        }
    }

    @Test func `identifiers that hide in unique identifiers are mapped everywhere`() throws {
        let uids = [
            "1.2.826.0.1.19410309.44018", "1.2.840.10008.5.1.4.1.1.2.44018.7",
            "1.2.840.113619.2.55.19410309", "2.25.4401870309", "1.2.840.10008.44018",
        ]
        for uid in uids {
            var slice = HeadSlice()
            for (tag, vr) in StandardAttributes.all
            where vr == .ui && tag != .sopClassUID && tag.group >= 0x0008 {
                slice.set(tag, .ui, uid)
            }
            slice.set(
                .referencedImageSequence,
                items: [
                    HeadSlice.item([
                        (.referencedSOPInstanceUID, .ui, uid), (.referencedSOPClassUID, .ui, uid),
                    ])
                ]
            )
            var search = LeakSearch()
            search.add(word: uid)
            search.add(word: "44018")
            let output = try TestKeys.deidentifier().deidentify(slice.file)
            #expect(search.hits(in: output.dicomBytes).isEmpty, "\(uid)")
            let mapped = output.dataSet.string(.sopInstanceUID)
            let reference = output.dataSet.items(.referencedImageSequence).first
            #expect(reference?.string(.referencedSOPInstanceUID) == mapped)
        }
    }
}
