/// One exam as scanned: pictures, masks and the truth about them.
struct PhantomScan: Sendable {
    let exam: SimulatedExam
    let acquisition: Acquisition
    /// The slices from the lowest up, in HU, row-major.
    private(set) var slices: [[Int16]]
    /// The class codes of each slice; nil for slices without haemorrhage.
    let masks: [[UInt8]?]
    let lesions: [Truth]
    /// The midline shift in mm.
    let midlineShiftMM: Double

    init(
        exam: SimulatedExam,
        acquisition: Acquisition,
        slices: [[Int16]],
        masks: [[UInt8]?],
        lesions: [Truth],
        midlineShiftMM: Double
    ) {
        self.exam = exam
        self.acquisition = acquisition
        self.slices = slices
        self.masks = masks
        self.lesions = lesions
        self.midlineShiftMM = midlineShiftMM
    }

    /// The scan with empty pictures, to keep what labels need in little memory.
    var withoutPictures: PhantomScan {
        var copy = self
        copy.slices = slices.map { _ in [] }
        return copy
    }

    /// The truth about one haemorrhage.
    struct Truth: Sendable, Hashable {
        let type: HaemorrhageType
        let plannedML: Double
        /// Integrated on a fine grid before any scanner.
        let analyticML: Double
        /// Summed from the fractions of the scan's voxels.
        let voxelML: Double
        let hounsfield: Double
        let isExpected: Bool
    }

    /// The volume in mL of what counts as haemorrhage, from the fractions of voxels.
    var volumeML: Double { lesions.reduce(0) { $0 + ($1.isExpected ? 0 : $1.voxelML) } }

    /// Whether each type is drawn in any slice.
    var labels: [HaemorrhageType: Bool] { Self.labels(codes: Set(masks.flatMap { $0 ?? [] })) }

    /// Whether each type is drawn in one slice.
    func labels(ofSlice slice: Int) -> [HaemorrhageType: Bool] {
        Self.labels(codes: Set(masks[slice] ?? []))
    }

    private static func labels(codes: Set<UInt8>) -> [HaemorrhageType: Bool] {
        var result: [HaemorrhageType: Bool] = [.any: codes.contains { $0 != 0 }]
        for type in HaemorrhageType.subtypes { result[type] = codes.contains(UInt8(type.rawValue)) }
        return result
    }
}
