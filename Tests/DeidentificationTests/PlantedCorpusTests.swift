import DICOM
import Deidentification
import Testing

@Suite struct PlantedCorpusTests {
    /// Sequences that the profile lets through, and one that it drops.
    private static let containers: [DICOMTag] = [
        .referencedSeriesSequence, .requestAttributesSequence, .anatomicRegionSequence,
        .referencedImageSequence, .otherPatientIDsSequence,
    ]

    private static func check(
        _ slice: HeadSlice,
        _ tokens: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> DataSet {
        var scan = NeedleScan()
        for token in tokens + [PlantedCorpus.date] { scan.add(token, label: token) }
        let output = try TestKeys.deidentifier().deidentify(slice.file)
        let hits = scan.hits(in: output.dicomBytes)
        #expect(hits.isEmpty, "\(hits)", sourceLocation: sourceLocation)
        return output.dataSet
    }

    @Test func `nothing planted in any attribute of Table E 1-1 comes out at top level`() throws {
        var corpus = PlantedCorpus()
        var slice = HeadSlice()
        for element in corpus.elements() { slice.dataSet.insert(element) }
        let output = try Self.check(slice, corpus.tokens)
        #expect(output.string(.studyDate) != nil)
        #expect(output.string(.patientAge) == "090Y")
    }

    @Test(arguments: 1...2)
    func `nothing comes out of sequences`(depth: Int) throws {
        for container in Self.containers {
            var corpus = PlantedCorpus()
            var item = DataSet(corpus.elements())
            for _ in 1..<depth {
                item = DataSet([
                    DataElement(
                        tag: .referencedSeriesSequence,
                        vr: .sq,
                        value: .items([item])
                    )
                ])
            }
            var slice = HeadSlice()
            slice.set(container, items: [item])
            let output = try Self.check(slice, corpus.tokens)
            if container != .otherPatientIDsSequence, container != .requestAttributesSequence {
                #expect(!output.items(container).isEmpty, "\(container)")
            }
        }
    }

    @Test func `each attribute alone leaks nothing and loses no file`() throws {
        let deidentifier = try TestKeys.deidentifier()
        for entry in ConfidentialityTable.entries where entry.tag.group >= 0x0008 {
            var corpus = PlantedCorpus()
            guard let element = corpus.element(for: entry.tag, vr: entry.vr) else { continue }
            var slice = HeadSlice()
            slice.dataSet.insert(element)
            var scan = NeedleScan()
            for token in corpus.tokens { scan.add(token, label: token) }
            let output = try deidentifier.deidentify(slice.file)
            #expect(scan.hits(in: output.dicomBytes).isEmpty, "\(entry.tag)")
        }
    }

    @Test func `every date that the option keeps moves by the same days at every depth`() throws {
        let item = HeadSlice.item([
            (.studyDate, .da, PlantedCorpus.date),
            (.acquisitionDateTime, .dt, PlantedCorpus.date + "1530"),
        ])
        var slice = HeadSlice()
        slice.set(.studyDate, .da, PlantedCorpus.date)
        slice.set(.referencedSeriesSequence, items: [item])
        let output = try TestKeys.deidentifier().deidentify(slice.file).dataSet
        let date = try #require(output.string(.studyDate))
        let nested = try #require(output.items(.referencedSeriesSequence).first)
        #expect(date != PlantedCorpus.date)
        #expect(nested.string(.studyDate) == date)
        #expect(nested.string(.acquisitionDateTime) == date + "1530")
    }
}
