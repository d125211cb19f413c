import Federation
import Tensors

/// Models and updates of the simulation: a few numbers instead of millions.
enum Vectors {
    /// The numbers of a vector.
    static let count = 4

    /// The digest of a vector's bytes.
    static func digest(_ values: [Double]) -> SHA256Digest {
        SHA256Digest(
            hashing: values.flatMap { value in
                (0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * UInt64($0))) }
            }
        )
    }

    /// The score of a model: the same at every site.
    static func score(of model: SHA256Digest) -> Double {
        var generator = SeededGenerator(seed: 11, streamLabels: [model.rawValue])
        return generator.nextUniform()
    }

    /// What an honest site makes of a model: the same whenever it trains on it again.
    static func update(of site: SiteID, on model: SHA256Digest) -> [Double] {
        var generator = SeededGenerator(
            seed: 7,
            streamLabels: [site.rawValue, model.rawValue]
        )
        // Of very different size, so that the order of summation shows in the bits.
        return (0..<count).map { place in
            (generator.nextUniform() - 0.5) * (place % 2 == 0 ? 1 : 1e9)
        }
    }

    /// The model after a round: the production mean, or step of FedBuff, in the order given.
    static func next(
        _ model: [Double],
        _ updates: [(weight: Double, values: [Double])],
        staleness: [Int]? = nil
    ) -> [Double] {
        if let staleness {
            var step = [Double](repeating: 0, count: model.count)
            FedBuff(serverLearningRate: 1).combine(
                UpdateBlock(updates.map(\.values)),
                weights: updates.map(\.weight),
                staleness: staleness,
                into: &step
            )
            return zip(model, step).map { $0 + $1 }
        }
        var mean = WeightedMean(count: model.count)
        for update in updates { mean.add(update.values, weight: update.weight) }
        return zip(model, mean.mean ?? []).map { $0 + $1 }
    }
}
