import Evaluation
import HeadCT
package import NeuralNetwork
package import Tensors

/// Scores exams with a model: one score an exam, lesion volume, overlap and tiles where masks are known.
package struct ExamScorer: Sendable {
    /// Pools the slices' probabilities of any haemorrhage into the exam's score.
    package typealias Pooling = @Sendable (_ sliceScores: [Double]) -> Double

    private let network: Network
    private let pool: Pooling
    private let tiles = TileScoring()
    private let batchSize = 8

    /// Scores with `network`.
    package init(network: Network, pooling: @escaping Pooling) {
        self.network = network
        pool = pooling
    }

    /// Scores one exam.
    package func score(_ exam: TrainingExam, with parameters: NamedTensors) throws -> ExamScore {
        var tally = Tally(histogram: tiles.emptyHistogram())
        let slices = exam.volume.validSlices
        for start in stride(from: 0, to: slices.count, by: batchSize) {
            let batch = slices[start..<min(start + batchSize, slices.count)]
            let predictions = try network.predict(
                parameters: parameters,
                inputs: batch.map(exam.volume.slab(at:))
            )
            for (z, prediction) in zip(batch, predictions) {
                add(prediction, of: exam, at: z, to: &tally)
            }
        }
        return tally.score(of: exam, pooled: tally.scores.isEmpty ? 0 : pool(tally.scores))
    }

    private func add(
        _ prediction: Prediction,
        of exam: TrainingExam,
        at z: Int,
        to tally: inout Tally
    ) {
        let volume = exam.volume
        tally.scores.append(Double(prediction.classProbabilities[0]))
        let probabilities = prediction.maskProbabilities.values
        let predicted = probabilities.map { $0 >= 0.5 }
        let pixelML = volume.pixelML(at: z)
        tally.predictedML += Double(predicted.count { $0 }) * pixelML
        guard let mask = exam.maskClasses(at: z) else {
            tally.hasEveryMask = false
            return
        }
        let reference = mask.map { $0 != 0 }
        tally.hasMask = true
        tally.referenceML += Double(reference.count { $0 }) * pixelML
        tally.overlap.add(
            reference: reference,
            prediction: predicted,
            voxelVolumeML: pixelML
        )
        let head = volume.hounsfield(at: z).map { $0 > -200 }
        tiles.add(
            probabilities: probabilities,
            reference: reference,
            region: head,
            rows: volume.size,
            columns: volume.size,
            to: &tally.histogram
        )
    }
}

private struct Tally {
    var scores: [Double] = []
    var predictedML = 0.0
    var referenceML = 0.0
    var hasMask = false
    var hasEveryMask = true
    var overlap = MaskOverlap()
    var histogram: ScoreHistogram

    func score(of exam: TrainingExam, pooled: Double) -> ExamScore {
        let isMasked = hasMask && hasEveryMask
        let types = exam.labels?.values.filter { $0.value && $0.key != .any }.keys.sorted() ?? []
        let isPositive = exam.isPositive
        let volume: Double? =
            isPositive == true
            ? (isMasked ? referenceML : exam.labels?.statedVolumeML) : nil
        let result = ExamResult(
            score: pooled,
            label: isPositive,
            volumeML: volume,
            types: types.map(\.name),
            context: exam.labels?.context.sorted().map(\.rawValue) ?? [],
            overlap: hasMask ? overlap : nil,
            tiles: hasMask ? histogram : nil
        )
        return ExamScore(examID: exam.id, result: result, predictedVolumeML: predictedML)
    }
}
