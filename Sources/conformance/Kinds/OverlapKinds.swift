import CanonicalJSON
import Evaluation

/// Overlap and volume of masks; surface distances are not computed.
enum OverlapKinds {
    static let all = [VectorKind(name: "segmentation_overlap", compute: overlap)]

    private static func overlap(_ item: JSONValue) throws -> JSONValue {
        let input = try CaseReader(item["input"], "input")
        let reference = try input.member("reference").flags()
        let prediction = try input.member("prediction").flags()
        guard reference.count == prediction.count else {
            throw CaseProblem("the masks differ in size")
        }
        let voxelML = try input.member("spacing_mm_zyx").numbers().reduce(1, *) / 1000
        var overlap = MaskOverlap()
        overlap.add(reference: reference, prediction: prediction, voxelVolumeML: voxelML)
        return [
            "voxel_volume_ml": .number(voxelML),
            "reference_voxels": .figure(overlap.reference),
            "prediction_voxels": .figure(overlap.prediction),
            "intersection_voxels": .figure(overlap.intersection),
            "dice": .figure(overlap.dice), "jaccard": .figure(overlap.jaccard),
            "reference_ml": .number(overlap.referenceML),
            "prediction_ml": .number(overlap.predictionML),
            "signed_volume_difference_ml": .number(overlap.volumeDifferenceML),
            "relative_volume_difference_signed": .figure(overlap.relativeVolumeDifference),
            "voxel_sensitivity": .figure(overlap.sensitivity),
            "voxel_precision": .figure(overlap.precision),
        ]
    }
}
