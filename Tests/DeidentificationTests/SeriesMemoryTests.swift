import DICOM
import Deidentification
import Testing

/// What a de-identifier remembers of a series changes no output.
@Suite struct SeriesMemoryTests {
    private static func slices() -> [HeadSlice] {
        ["Sharp^Ann", "Doe^Jane", "Sharp^Ann", "Stroke^Eve"].enumerated().flatMap { index, name in
            (0..<3).map { number in
                var slice = HeadSlice(patientID: "ID-\(index % 2)-4711", patientName: name)
                slice.set(.sopInstanceUID, .ui, "1.2.826.0.1.99.1.\(index).\(number)")
                slice.set(.studyDescription, .lo, "Head sharp stroke")
                slice.set(.scanOptions, .cs, number == 1 ? "HELICAL MODE" : "AXIAL MODE")
                slice.set(
                    .referencedSeriesSequence,
                    items: [
                        HeadSlice.item([(.studyDescription, .lo, "Head \(name) \(number)")])
                    ]
                )
                return slice
            }
        }
    }

    @Test func `files of many patients come out as if each were the only one`() throws {
        let shared = try TestKeys.deidentifier()
        for slice in Self.slices() + Self.slices().reversed() {
            let alone = try TestKeys.deidentifier().deidentify(slice.file)
            let together = try shared.deidentify(slice.file)
            #expect(alone.dicomBytes == together.dicomBytes)
            #expect(alone.counts == together.counts)
        }
    }

    @Test func `the words of one patient do not rule the texts of the next`() throws {
        let shared = try TestKeys.deidentifier()
        let texts = try Self.slices().map {
            try shared.deidentify($0.file).dataSet.string(.studyDescription)
        }
        let expected = ["Head stroke", "Head sharp stroke", "Head stroke", "Head sharp"]
        #expect(texts == expected.flatMap { [$0, $0, $0] })
    }
}
