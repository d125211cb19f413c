package import HeadCT

/// An exam of the cohort, prepared on the plan's grid, with what is known about it.
package struct TrainingExam: Sendable {
    /// The exam's new (replaced) study UID.
    package let id: String
    /// The resampled volume with its masks.
    package let volume: PreparedVolume
    /// What is known of the exam as a whole.
    package let labels: ExamLabels?
    /// What is known of single slices, by new SOP Instance UID.
    package let sliceLabels: [String: SliceLabels]

    /// Joins a volume with its labels.
    package init(
        id: String,
        volume: PreparedVolume,
        labels: ExamLabels?,
        sliceLabels: [String: SliceLabels]
    ) {
        self.id = id
        self.volume = volume
        self.labels = labels
        self.sliceLabels = sliceLabels
    }

    /// Whether the exam shows haemorrhage: its own label, else what its slices say; nil if unknown.
    package var isPositive: Bool? {
        if let known = labels?.values[.any] { return known }
        let slices = volume.validSlices.map { targets(at: $0)?[0] }
        if slices.contains(where: { $0 == 1 }) { return true }
        return slices.allSatisfy { $0 == 0 } && !slices.isEmpty ? false : nil
    }

    /// The classes of a slice's pixels: its mask, or nothing but background where the exam shows no haemorrhage; nil if unknown.
    package func maskClasses(at z: Int) -> [UInt8]? {
        if let mask = volume.mask(at: z) { return mask }
        guard labels?.values[.any] == false else { return nil }
        return [UInt8](repeating: 0, count: volume.size * volume.size)
    }

    /// The six targets of a slice in the order of `HaemorrhageType`; nil where nothing at all is known.
    ///
    /// A mask decides before a slice label, and that before an exam label, which says something about a
    /// slice only when it says that there is no haemorrhage anywhere.
    package func targets(at z: Int) -> [Float?]? {
        if let mask = volume.mask(at: z) { return Self.targets(of: mask) }
        let known = volume.values(at: z, from: sliceLabels)
        if known[.any] != nil { return known.targets }
        guard labels?.values[.any] == false else { return nil }
        return [Float?](repeating: 0, count: HaemorrhageType.allCases.count)
    }

    private static func targets(of mask: [UInt8]) -> [Float?] {
        var isPresent = [Bool](repeating: false, count: 256)
        for code in mask { isPresent[Int(code)] = true }
        let isUnspecified = isPresent[Int(MaskImage.unspecified)]
        let subtypes = HaemorrhageType.subtypes.map { type -> Float? in
            if isPresent[type.rawValue] { return 1 }
            return isUnspecified ? nil : 0
        }
        let any: Float = isUnspecified || subtypes.contains(1) ? 1 : 0
        return [any] + subtypes
    }
}
