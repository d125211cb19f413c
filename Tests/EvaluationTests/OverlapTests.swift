import CanonicalJSON
import Evaluation
import Testing

@Suite struct OverlapTests {
    @Test func `overlap and volume agree with medpy and scikit-learn`() throws {
        let vectors = try Vectors("segmentation_overlap")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let expected = try #require(item["expected"])
            let voxel = try input.doubles("spacing_mm_zyx").reduce(1, *) / 1000
            var overlap = MaskOverlap()
            overlap.add(
                reference: try input.flags("reference"),
                prediction: try input.flags("prediction"),
                voxelVolumeML: voxel
            )
            #expect(overlap.reference == (try expected.int("reference_voxels")))
            #expect(overlap.intersection == (try expected.int("intersection_voxels")))
            let values: [(String, Double?)] = [
                ("dice", overlap.dice), ("jaccard", overlap.jaccard),
                ("reference_ml", overlap.referenceML), ("prediction_ml", overlap.predictionML),
                ("signed_volume_difference_ml", overlap.volumeDifferenceML),
                ("relative_volume_difference_signed", overlap.relativeVolumeDifference),
                ("voxel_sensitivity", overlap.sensitivity), ("voxel_precision", overlap.precision),
            ]
            for (name, value) in values {
                #expect(vectors.agree(value, expected[name]), "\(item.id) \(name)")
            }
        }
    }

    @Test func `slices add up to their exam and a region leaves voxels out`() {
        var whole = MaskOverlap()
        whole.add(
            reference: [true, true, false, true],
            prediction: [true, false, true, true],
            voxelVolumeML: 0.5
        )
        var parts = MaskOverlap()
        parts.add(reference: [true, true], prediction: [true, false], voxelVolumeML: 0.5)
        var other = MaskOverlap()
        other.add(reference: [false, true], prediction: [true, true], voxelVolumeML: 0.5)
        parts.add(other)
        #expect(parts == whole)
        var limited = MaskOverlap()
        limited.add(
            reference: [true, true],
            prediction: [true, false],
            voxelVolumeML: 1,
            region: [true, false]
        )
        #expect(limited.dice == 1)
    }

    @Test func `tiles are positive with one positive pixel and score their highest pixel`() {
        let scoring = TileScoring(side: 2)
        var histogram = scoring.emptyHistogram()
        // 3 × 4 pixels: four whole tiles' worth in the first two rows, the last row cut off.
        scoring.add(
            probabilities: [0.1, 0.9, 0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1],
            reference: [true] + Array(repeating: false, count: 11),
            rows: 3,
            columns: 4,
            to: &histogram
        )
        #expect(histogram.positiveCount == 1)
        #expect(histogram.negativeCount == 3)
        #expect(histogram.auroc == 1)
        var inside = scoring.emptyHistogram()
        scoring.add(
            probabilities: [Float](repeating: 0.5, count: 16),
            reference: [Bool](repeating: false, count: 16),
            region: (0..<16).map { $0 < 2 },
            rows: 4,
            columns: 4,
            to: &inside
        )
        #expect(inside.negativeCount == 1)
    }

    @Test func `volume strata are left-closed and unknown is a stratum`() throws {
        let strata = VolumeStrata.standard
        #expect([0, 0.0999, 0.1, 4.9, 5, 25, 400].map(strata.index) == [0, 0, 1, 1, 2, 3, 3])
        #expect(strata.index(ofML: nil) == 4)
        #expect(
            (0..<strata.count).map(strata.label)
                == ["<0.1 mL", "0.1–5 mL", "5–25 mL", "≥25 mL", "volume unknown"]
        )
        #expect(throws: EvaluationError.self) { try VolumeStrata(edgesML: [5, 1]) }
        #expect(throws: EvaluationError.self) { try VolumeStrata(edgesML: [0, 1]) }
        #expect(try VolumeStrata(edgesML: []).label(0) == "all volumes")
    }
}
