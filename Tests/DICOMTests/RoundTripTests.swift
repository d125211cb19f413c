import DICOM
import Testing

/// What is written is what is read, over random trees, syntaxes and ways to end a sequence.
struct RoundTripTests {
    static let cases = SmallFile.syntaxes.flatMap { syntax in
        SequenceLengths.allCases.map { (syntax, $0) }
    }

    @Test(arguments: cases)
    func `random trees survive writing and reading`(
        syntax: TransferSyntax,
        lengths: SequenceLengths
    ) throws {
        for seed in UInt64(0)..<150 {
            var random = RandomDataSet(
                noise: TestNoise(seed: seed),
                hasTypedPrivates: syntax.isExplicitVR
            )
            var dataSet = try random.make(depth: 3)
            try dataSet.set(.sopClassUID, string: "1.2.3")
            try dataSet.set(.sopInstanceUID, string: "1.2.4")
            let bytes = try DICOMFile.write(
                dataSet: dataSet,
                transferSyntax: syntax,
                sequenceLengths: lengths
            )
            let file = try DICOMFile(reading: bytes)
            try #require(file.dataSet == dataSet, "seed \(seed)")
            #expect(file.transferSyntax == syntax)
            #expect(file.anomalies.isEmpty, "seed \(seed): \(file.anomalies)")
            #expect(file.trailingBytes == 0)
            let again = try DICOMFile.write(
                dataSet: file.dataSet,
                transferSyntax: syntax,
                sequenceLengths: lengths
            )
            #expect(again == bytes, "seed \(seed)")
        }
    }

    @Test func `the random trees hold every value representation`() throws {
        var seen: Set<VR> = []
        for seed in UInt64(0)..<50 {
            var random = RandomDataSet(noise: TestNoise(seed: seed), hasTypedPrivates: true)
            seen.formUnion(try random.make(depth: 2).map(\.vr))
        }
        #expect(seen == Set(VR.allCases))
    }

    @Test func `fragments survive in an encapsulated syntax`() throws {
        var dataSet = try SmallFile.dataSet()
        let fragments: [[UInt8]] = [[], [1, 2, 3, 4], [5, 6]]
        dataSet[.pixelData] = DataElement(tag: .pixelData, vr: .ob, value: .fragments(fragments))
        let bytes = try DICOMFile.write(dataSet: dataSet, transferSyntax: .rleLossless)
        let file = try DICOMFile(reading: bytes)
        #expect(file.dataSet == dataSet)
        #expect(file.anomalies.isEmpty)
    }

    @Test func `stopping before pixel data gives the elements before it`() throws {
        var dataSet = try SmallFile.dataSet()
        let bytes = try DICOMFile.write(dataSet: dataSet)
        dataSet[.pixelData] = nil
        let header = try DICOMFile(reading: bytes, until: .pixelData)
        #expect(header.dataSet == dataSet)
        #expect(header.trailingBytes == 0)
    }
}
