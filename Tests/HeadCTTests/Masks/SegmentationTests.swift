import DICOM
import HeadCT
import Testing

struct SegmentationTests {
    private let exam: ExamIdentity

    init() throws {
        var built = BuiltVolume(rows: 3, columns: 5)
        built.locations = [0, 5, 10]
        let slices = try built.volume { _ in 0 }.slices
        exam = ExamIdentity(
            studyInstanceUID: "1.2.3",
            patientID: "P",
            accessionNumber: "A",
            instances: slices.map {
                InstanceIdentity(
                    sopInstanceUID: $0.sopInstanceUID,
                    instanceNumber: $0.instanceNumber,
                    plane: $0.plane
                )
            }
        )
    }

    private struct Frame {
        var segment: Int
        var instance: String?
        var position: [Double]?
        var pixels: Set<Int>
    }

    private func item(_ fill: (inout DataSet) throws -> Void) rethrows -> DataSet {
        var item = DataSet()
        try fill(&item)
        return item
    }

    /// A SEG of 3 x 5 pixels: 15 bits a frame, so that frames do not begin at bytes.
    private func segmentation(
        labels: [String],
        frames: [Frame],
        type: String = "BINARY"
    ) throws -> [UInt8] {
        var dataSet = DataSet()
        try dataSet.set(.sopClassUID, .ui, string: "1.2.840.10008.5.1.4.1.1.66.4")
        try dataSet.set(.sopInstanceUID, .ui, string: "1.2.3.99")
        try dataSet.set(.studyInstanceUID, .ui, string: "1.2.3")
        try dataSet.set(.segmentationType, .cs, string: type)
        try dataSet.set(.rows, .us, ints: [3])
        try dataSet.set(.columns, .us, ints: [5])
        try dataSet.set(.bitsAllocated, .us, ints: [1])
        try dataSet.set(.numberOfFrames, .is, ints: [frames.count])
        let segments = try labels.enumerated().map { index, label in
            try item {
                try $0.set(.segmentNumber, .us, ints: [index + 1])
                try $0.set(.segmentLabel, .lo, string: label)
            }
        }
        dataSet.set(.segmentSequence, items: segments)
        dataSet.set(.perFrameFunctionalGroupsSequence, items: try frames.map(groups))
        var bits = [UInt8](repeating: 0, count: (frames.count * 15 + 15) / 16 * 2)
        for (index, frame) in frames.enumerated() {
            for pixel in frame.pixels {
                let bit = index * 15 + pixel
                bits[bit / 8] |= 1 << UInt8(bit % 8)
            }
        }
        dataSet.set(.pixelData, .ob, bytes: bits)
        return try DICOMFile.write(dataSet: dataSet)
    }

    private func groups(_ frame: Frame) throws -> DataSet {
        var groups = DataSet()
        let identification = try item {
            try $0.set(.referencedSegmentNumber, .us, ints: [frame.segment])
        }
        groups.set(.segmentIdentificationSequence, items: [identification])
        if let instance = frame.instance {
            let source = try item { try $0.set(.referencedSOPInstanceUID, .ui, string: instance) }
            let derivation = item { $0.set(.sourceImageSequence, items: [source]) }
            groups.set(.derivationImageSequence, items: [derivation])
        }
        if let position = frame.position {
            let plane = try item { try $0.set(.imagePositionPatient, .ds, doubles: position) }
            groups.set(.planePositionSequence, items: [plane])
        }
        return groups
    }

    private func read(_ bytes: [UInt8]) -> MaskSet {
        MaskSet.read(
            format: .dicomSEG,
            files: [MaskFile(name: "a.seg.dcm", bytes: bytes)],
            exams: [exam]
        )
    }

    @Test func `frames are unpacked bit by bit and slices without a frame are empty`() throws {
        let set = read(
            try segmentation(
                labels: ["SDH", "Intraventricular haemorrhage"],
                frames: [
                    Frame(segment: 1, instance: "1.2.3.2", pixels: [0, 14]),
                    Frame(segment: 2, instance: "1.2.3.2", pixels: [0, 1]),
                    Frame(segment: 2, instance: "1.2.3.0", pixels: [7]),
                ]
            )
        )
        #expect(set.issues.isEmpty)
        #expect(set.masks["1.2.3.2"]?.classes == [5, 3] + [UInt8](repeating: 0, count: 12) + [5])
        #expect(set.masks["1.2.3.0"]?.pixelCounts == [3: 1])
        #expect(set.masks["1.2.3.1"]?.isEmpty == true)
    }

    @Test func `a frame without a reference is placed by its position`() throws {
        let set = read(
            try segmentation(
                labels: ["bleed"],
                frames: [Frame(segment: 1, position: [-63, -63, 5], pixels: [3])]
            )
        )
        #expect(set.masks["1.2.3.1"]?.pixelCounts == [MaskImage.unspecified: 1])
    }

    @Test(
        arguments: [
            ("Epidural hematoma", 1), ("EDH", 1), ("extradural", 1), ("intraparenchymal", 2),
            ("Intracerebral haemorrhage", 2), ("IVH", 3), ("Subarachnoid Haemorrhage", 4),
            ("acute SDH left", 5), ("Haemorrhage", 255), ("ICH", 255), ("any", 255),
        ] as [(String, UInt8)]
    )
    func `common names of segments are understood`(label: String, code: UInt8) throws {
        let set = read(
            try segmentation(
                labels: [label],
                frames: [Frame(segment: 1, instance: "1.2.3.0", pixels: [2])]
            )
        )
        #expect(set.masks["1.2.3.0"]?.pixelCounts == [code: 1])
    }

    @Test(arguments: ["Infarct core", "perihaematomal oedema", "Calcification", "Lesion"])
    func `what is no haemorrhage is not read as such`(label: String) throws {
        let set = read(
            try segmentation(
                labels: [label],
                frames: [Frame(segment: 1, instance: "1.2.3.0", pixels: [2])]
            )
        )
        #expect(set.masks.isEmpty)
        #expect(set.issues.map(\.reason) == [.notHaemorrhage])
    }

    @Test func `fractional, foreign and damaged objects are refused with a reason`() throws {
        let frames = [Frame(segment: 1, instance: "1.2.3.0", pixels: [2])]
        let fractional = try segmentation(labels: ["SDH"], frames: frames, type: "FRACTIONAL")
        #expect(read(fractional).issues.map(\.reason) == [.fractional])
        let good = try segmentation(labels: ["SDH"], frames: frames)
        #expect(read(Array(good.prefix(60))).masks.isEmpty)
        #expect(read([1, 2, 3]).issues.map(\.reason) == [.malformedFile])
    }

    @Test func `a frame on an image that is not there leaves the others unknown`() throws {
        let set = read(
            try segmentation(
                labels: ["SDH"],
                frames: [
                    Frame(segment: 1, instance: "1.2.3.0", pixels: [2]),
                    Frame(segment: 1, instance: "9.9.9", pixels: [2]),
                ]
            )
        )
        #expect(set.issues == [MaskIssue(.noSlice, file: 0, part: 1)])
        #expect(set.masks.keys.sorted() == ["1.2.3.0"])
    }
}
