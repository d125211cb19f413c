import DICOM
import Tensors

/// Makes a binary DICOM Segmentation of a study's masks (PS3.3 section A.51): one segment a type.
struct SegmentationObject {
    let scan: PhantomScan
    let study: StudyIdentity
    let header: PhantomHeader

    private typealias Frame = (slice: Int, segment: Int, code: UInt8)

    /// The file; nil where nothing is drawn.
    func file(using generator: inout SeededGenerator) throws(DICOMError) -> [UInt8]? {
        let codes = Set(scan.masks.flatMap { $0 ?? [] }).subtracting([0]).sorted()
        guard !codes.isEmpty else { return nil }
        let frames = self.frames(codes: codes)
        var dataSet = try header.common()
        try addGeneralModules(to: &dataSet, using: &generator)
        dataSet.set(
            .segmentSequence,
            items: try codes.enumerated().map { (index, code) throws(DICOMError) in
                try segment(number: index + 1, code: code)
            }
        )
        try addFunctionalGroups(frames, to: &dataSet)
        dataSet.set(.pixelData, .ob, bytes: packed(frames))
        return try DICOMFile.write(dataSet: dataSet)
    }

    /// Only frames with pixels are stored.
    private func frames(codes: [UInt8]) -> [Frame] {
        codes.enumerated().flatMap { index, code in
            scan.masks.indices.compactMap { slice in
                scan.masks[slice]?.contains(code) == true ? (slice, index + 1, code) : nil
            }
        }
    }

    private func addGeneralModules(
        to dataSet: inout DataSet,
        using generator: inout SeededGenerator
    ) throws(DICOMError) {
        try header.set(
            [
                (.sopClassUID, "1.2.840.10008.5.1.4.1.1.66.4"),
                (.sopInstanceUID, generator.drawUID()), (.modality, "SEG"),
                (.seriesInstanceUID, generator.drawUID()),
                (.frameOfReferenceUID, study.frameOfReferenceUID),
                (.seriesDescription, "Haemorrhage, drawn by " + study.performing),
                (.contentLabel, "HAEMORRHAGE"), (.contentDescription, "Phantom truth"),
                (.contentCreatorName, study.performing), (.segmentationType, "BINARY"),
                (.photometricInterpretation, "MONOCHROME2"), (.lossyImageCompression, "00"),
            ],
            in: &dataSet
        )
        try dataSet.set(.imageType, strings: ["DERIVED", "PRIMARY"])
        let matrix = scan.acquisition.matrix
        for (tag, value) in [
            (Tag.seriesNumber, 500), (.instanceNumber, 1), (.samplesPerPixel, 1), (.rows, matrix),
            (.columns, matrix), (.bitsAllocated, 1), (.bitsStored, 1), (.highBit, 0),
            (.pixelRepresentation, 0),
        ] { try dataSet.set(tag, ints: [value]) }
    }

    private func segment(number: Int, code: UInt8) throws(DICOMError) -> DataSet {
        let type = HaemorrhageType(rawValue: Int(code)) ?? .any
        var item = try header.empty()
        try item.set(.segmentNumber, ints: [number])
        try header.set(
            [
                (.segmentLabel, "Hemorrhage, " + type.name),
                (.segmentAlgorithmType, "MANUAL"),
            ],
            in: &item
        )
        item.set(
            .segmentedPropertyCategoryCodeSequence,
            items: [
                try concept("49755003", "SCT", "Morphologically Abnormal Structure")
            ]
        )
        item.set(
            .segmentedPropertyTypeCodeSequence,
            items: [try concept("50960005", "SCT", "Hemorrhage")]
        )
        return item
    }

    private func concept(
        _ value: String,
        _ scheme: String,
        _ meaning: String
    ) throws(DICOMError) -> DataSet {
        var item = try header.empty()
        try header.set(
            [(.codeValue, value), (.codingSchemeDesignator, scheme), (.codeMeaning, meaning)],
            in: &item
        )
        return item
    }

    private func addFunctionalGroups(
        _ frames: [Frame],
        to dataSet: inout DataSet
    ) throws(DICOMError) {
        let acquisition = scan.acquisition
        var measures = try header.empty()
        let spacing = header.rounded(acquisition.pixelSpacing)
        try measures.set(.pixelSpacing, doubles: [spacing, spacing])
        try measures.set(.sliceThickness, doubles: [acquisition.sliceThickness])
        var orientation = try header.empty()
        let column = acquisition.columnDirection
        try orientation.set(
            .imageOrientationPatient,
            doubles: [1, 0, 0, 0, header.rounded(column.y), header.rounded(column.z)]
        )
        var shared = try header.empty()
        shared.set(.pixelMeasuresSequence, items: [measures])
        shared.set(.planeOrientationSequence, items: [orientation])
        dataSet.set(.sharedFunctionalGroupsSequence, items: [shared])
        dataSet.set(
            .perFrameFunctionalGroupsSequence,
            items: try frames.map { frame throws(DICOMError) in try groups(of: frame) }
        )
        try dataSet.set(.numberOfFrames, ints: [frames.count])
    }

    private func groups(of frame: Frame) throws(DICOMError) -> DataSet {
        var source = try header.empty()
        try header.set(
            [
                (.referencedSOPClassUID, "1.2.840.10008.5.1.4.1.1.2"),
                (.referencedSOPInstanceUID, study.instanceUIDs[frame.slice]),
            ],
            in: &source
        )
        var derivation = try header.empty()
        derivation.set(.sourceImageSequence, items: [source])
        var identification = try header.empty()
        try identification.set(.referencedSegmentNumber, ints: [frame.segment])
        var plane = try header.empty()
        let position = scan.acquisition.position(ofSlice: frame.slice)
        try plane.set(
            .imagePositionPatient,
            doubles: [position.x, position.y, position.z].map(header.rounded)
        )
        var content = try header.empty()
        try content.set(.dimensionIndexValues, ints: [frame.segment, frame.slice + 1])
        var groups = try header.empty()
        groups.set(.derivationImageSequence, items: [derivation])
        groups.set(.segmentIdentificationSequence, items: [identification])
        groups.set(.planePositionSequence, items: [plane])
        groups.set(.frameContentSequence, items: [content])
        return groups
    }

    /// One bit a pixel, frame after frame without a gap, the lowest bit first (PS3.5 section 8.1.1).
    private func packed(_ frames: [Frame]) -> [UInt8] {
        let area = scan.acquisition.matrix * scan.acquisition.matrix
        var bytes = [UInt8](repeating: 0, count: (frames.count * area + 7) / 8)
        for (place, frame) in frames.enumerated() {
            guard let mask = scan.masks[frame.slice] else { continue }
            for pixel in 0..<area where mask[pixel] == frame.code {
                let bit = place * area + pixel
                bytes[bit >> 3] |= 1 << UInt8(bit & 7)
            }
        }
        return bytes
    }
}
