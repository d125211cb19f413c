import DICOM

/// Random trees of elements over every value representation; the same seed gives the same tree.
struct RandomDataSet {
    /// Attributes whose representation the dictionary knows, one or more for each but UN.
    static let keywords = [
        "RetrieveAETitle", "PatientAge", "DimensionIndexPointer", "Modality", "StudyDate",
        "PixelSpacing", "AcquisitionDateTime", "DiffusionBValue",
        "RecommendedDisplayFrameRateInFloat",
        "InstanceNumber", "Manufacturer", "AdditionalPatientHistory", "ICCProfile",
        "DoubleFloatPixelData", "FloatPixelData", "TrackPointIndexList", "ExtendedOffsetTable",
        "RedPaletteColorLookupTableData", "PatientName", "StationName", "ReferencePixelX0",
        "ReferencedStudySequence", "ReferencedSeriesSequence", "TagAngleSecondAxis",
        "InstitutionAddress", "SelectorSVValue", "StudyTime", "LongCodeValue", "StudyInstanceUID",
        "SimpleFrameList", "RetrieveURL", "Rows", "Columns", "TextValue", "SelectorUVValue",
    ]

    var noise: TestNoise

    /// Whether private elements may have any representation, as only explicit encodings can keep.
    let hasTypedPrivates: Bool

    /// A data set whose items are nested at most `depth` deep.
    mutating func make(depth: Int) throws -> DataSet {
        var dataSet = DataSet()
        for keyword in Self.keywords where Bool.random(using: &noise) {
            guard let tag = DataDictionary.tag(keyword: keyword),
                let vr = DataDictionary.vr(for: tag)
            else { continue }
            if vr == .sq, depth == 0 { continue }
            dataSet.insert(try element(tag, vr, depth: depth))
        }
        if Bool.random(using: &noise) { try addPrivateBlock(to: &dataSet, depth: depth) }
        return dataSet
    }

    private mutating func addPrivateBlock(to dataSet: inout DataSet, depth: Int) throws {
        let block = UInt16.random(in: 0x10...0xFF, using: &noise)
        try dataSet.set(Tag(0x0019, block), .lo, string: "ACME \(block)")
        for number in UInt16(0)..<4 {
            let tag = Tag(0x0019, block << 8 | number)
            let vr = hasTypedPrivates ? VR.allCases.randomElement(using: &noise) ?? .un : .un
            if vr == .sq, depth == 0 { continue }
            dataSet.insert(try element(tag, vr, depth: depth))
        }
    }

    private mutating func element(_ tag: Tag, _ vr: VR, depth: Int) throws -> DataElement {
        guard vr != .sq else {
            var items: [DataSet] = []
            for _ in 0..<Int.random(in: 0...3, using: &noise) {
                items.append(try make(depth: depth - 1))
            }
            return DataElement(tag: tag, vr: .sq, value: .items(items))
        }
        let count = Int.random(in: 0...4, using: &noise) * max(vr.swapUnit, 2)
        let range: ClosedRange<UInt8> = vr.isText ? 0x21...0x5B : 0...255
        let bytes = (0..<count).map { _ in UInt8.random(in: range, using: &noise) }
        return DataElement(tag: tag, vr: vr, value: .bytes(bytes))
    }
}
