/// Overlap of a predicted with a reference mask; adds up over the slices of an exam.
package struct MaskOverlap: Sendable, Hashable, Codable {
    /// Voxels in the reference.
    package private(set) var reference = 0
    /// Voxels in the prediction.
    package private(set) var prediction = 0
    /// Voxels in both.
    package private(set) var intersection = 0
    /// Volume of the reference in mL.
    package private(set) var referenceML = 0.0
    /// Volume of the prediction in mL.
    package private(set) var predictionML = 0.0

    /// Starts without voxels.
    package init() {}

    /// Adds masks of equal count and voxel volume in mL; voxels not in `region` are left out.
    package mutating func add(
        reference: [Bool],
        prediction: [Bool],
        voxelVolumeML: Double,
        region: [Bool]? = nil
    ) {
        precondition(reference.count == prediction.count, "masks share one grid")
        precondition(region.map { $0.count == reference.count } ?? true, "masks share one grid")
        var counts = (reference: 0, prediction: 0, intersection: 0)
        for index in reference.indices where region?[index] ?? true {
            counts.reference += reference[index] ? 1 : 0
            counts.prediction += prediction[index] ? 1 : 0
            counts.intersection += reference[index] && prediction[index] ? 1 : 0
        }
        self.reference += counts.reference
        self.prediction += counts.prediction
        intersection += counts.intersection
        referenceML += Double(counts.reference) * voxelVolumeML
        predictionML += Double(counts.prediction) * voxelVolumeML
    }

    /// Adds the voxels of other slices, or of another exam for a pooled Dice.
    package mutating func add(_ other: MaskOverlap) {
        reference += other.reference
        prediction += other.prediction
        intersection += other.intersection
        referenceML += other.referenceML
        predictionML += other.predictionML
    }

    /// Whether both masks are empty: a true negative, kept out of the mean Dice.
    package var areBothEmpty: Bool { reference == 0 && prediction == 0 }
    /// 2·|A∩B| / (|A| + |B|); nil when both are empty.
    package var dice: Double? { ConfusionMatrix.ratio(2 * intersection, reference + prediction) }
    /// |A∩B| / |A∪B|; nil when both are empty.
    package var jaccard: Double? {
        ConfusionMatrix.ratio(intersection, reference + prediction - intersection)
    }
    /// The fraction of the reference that was found; nil for an empty reference.
    package var sensitivity: Double? { ConfusionMatrix.ratio(intersection, reference) }
    /// The fraction of the prediction that is right; nil for an empty prediction.
    package var precision: Double? { ConfusionMatrix.ratio(intersection, prediction) }
    /// Prediction − reference in mL.
    package var volumeDifferenceML: Double { predictionML - referenceML }
    /// (Prediction − reference) / reference; nil for an empty reference.
    package var relativeVolumeDifference: Double? {
        reference == 0 ? nil : volumeDifferenceML / referenceML
    }
}
