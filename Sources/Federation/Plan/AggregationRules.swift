/// How the updates of a round become the next global model (`aggregation` of the plan).
///
/// A member that a strategy does not use is nil and unknown to the plan's reader, so a plan cannot
/// carry a parameter that does nothing.
package struct AggregationRules: Sendable, Hashable, Codable {
    /// The rule, one file each in `Strategy/`.
    package enum Strategy: String, Sendable, Hashable, Codable, CaseIterable {
        case fedavg
        case fedprox
        case fedavgm
        case fedadam
        case fedyogi
        case fedadagrad
        case fednova
        case scaffold
        case fedbuff
        case normClippedMean
        case median
        case trimmedMean
        case geometricMedian
        case krum
        case multiKrum
        case bulyan
    }

    /// What a site's update counts.
    package enum Weighting: String, Sendable, Hashable, Codable, CaseIterable {
        /// The number of examples the site trained on in the round.
        case examples
        /// The same for every site.
        case uniform
    }

    /// The rule.
    package var strategy: Strategy
    /// What a site's update counts.
    package var weighting: Weighting
    /// The server's step size; for fedavgm, fedadam, fedyogi, fedadagrad, scaffold and fedbuff.
    package var serverLearningRate: Double?
    /// How much of the server's momentum stays; for fedavgm, fedadam, fedyogi and fedadagrad.
    package var serverMomentum: Double?
    /// How much of the second moment stays; for fedadam and fedyogi.
    package var secondMoment: Double?
    /// What bounds the adaptivity; for fedadam, fedyogi and fedadagrad.
    package var tau: Double?
    /// The weight of the sites' proximal term; for fedprox.
    package var proximalWeight: Double?
    /// The norm to which longer updates are shortened; for normClippedMean.
    package var clipNorm: Double?
    /// Values left out on each side; for trimmedMean.
    package var trimEachSide: Int?
    /// Hostile sites the rule has to stand; for krum, multiKrum and bulyan.
    package var byzantineSites: Int?
    /// Updates that are kept; for multiKrum.
    package var keep: Int?
    /// Updates that make a round; for fedbuff.
    package var buffer: Int?
    /// How many rounds ago an update that still counts may have been begun; for fedbuff.
    package var maximumStaleness: Int?
    /// Patterns of the tensors that never leave a site; nil where all are shared.
    package var privateTensors: [String]?

    init(reading reader: inout SectionReader) {
        strategy = reader.choice("strategy")
        weighting = .examples
        if strategy.countsWeights {
            weighting = reader.choice(
                "weighting",
                default: strategy == .median || strategy == .fedbuff ? .uniform : .examples
            )
        } else {
            weighting = .uniform
            let given: Weighting = reader.choice("weighting", default: .uniform)
            if given != .uniform {
                let rule = strategy.rawValue
                reader.report(.inconsistent, "weighting", "must be uniform: \(rule) counts sites")
            }
        }
        readServer(&reader)
        readLimits(&reader)
        guard reader.has("privateTensors") else { return }
        privateTensors = reader.texts("privateTensors", count: 1...64, lengthMax: 200)
    }

    private mutating func readServer(_ reader: inout SectionReader) {
        switch strategy {
        case .fedavgm, .fedadam, .fedyogi, .fedadagrad:
            let rate = strategy == .fedavgm ? 1 : 0.01
            serverLearningRate = reader.number(
                "serverLearningRate",
                in: 0...100,
                aboveLower: true,
                default: rate
            )
            serverMomentum = reader.number("serverMomentum", in: 0...0.9999, default: 0.9)
        case .scaffold, .fedbuff:
            serverLearningRate = reader.number(
                "serverLearningRate",
                in: 0...100,
                aboveLower: true,
                default: 1
            )
        case .fedprox:
            proximalWeight = reader.number("proximalWeight", in: 0...1000, aboveLower: true)
        default: break
        }
        if strategy == .fedbuff {
            buffer = reader.integer("buffer", in: 1...10_000)
            maximumStaleness = reader.integer("maximumStaleness", in: 0...1000, default: 10)
        }
        if strategy == .fedadam || strategy == .fedyogi {
            secondMoment = reader.number("secondMoment", in: 0...0.9999, default: 0.99)
        }
        if [.fedadam, .fedyogi, .fedadagrad].contains(strategy) {
            tau = reader.number("tau", in: 0...10, aboveLower: true, default: 1e-3)
        }
    }

    private mutating func readLimits(_ reader: inout SectionReader) {
        switch strategy {
        case .normClippedMean:
            clipNorm = reader.number("clipNorm", in: 0...1e30, aboveLower: true)
        case .trimmedMean: trimEachSide = reader.integer("trimEachSide", in: 1...1000)
        case .krum, .bulyan: byzantineSites = reader.integer("byzantineSites", in: 0...1000)
        case .multiKrum:
            byzantineSites = reader.integer("byzantineSites", in: 0...1000)
            keep = reader.has("keep") ? reader.integer("keep", in: 1...10_000) : nil
        default: break
        }
    }

    /// Whether sites do not wait for each other: a round closes when its buffer is full.
    package var isAsynchronous: Bool { strategy == .fedbuff }

    /// The weight of a contribution in a round; one of an earlier round counts less, as in FedBuff,
    /// where the strategy itself sees to that.
    package func weight(of contribution: Contribution, in round: RoundNumber) -> Double {
        let fresh = weight(examples: contribution.examples)
        guard !isAsynchronous else { return fresh }
        // Divided, not multiplied by the discount: the bits of a run that goes on must not change.
        return fresh / Double(1 + contribution.staleness(in: round)).squareRoot()
    }

    /// The weight of an update of so many examples.
    package func weight(examples: Int) -> Double {
        switch weighting {
        case .examples: Double(examples)
        case .uniform: 1
        }
    }
}

extension AggregationRules.Strategy {
    /// Whether the rule can weigh sites by their examples.
    var countsWeights: Bool {
        switch self {
        case .fedavg, .fedprox, .fedavgm, .fedadam, .fedyogi, .fedadagrad, .fednova, .fedbuff,
            .normClippedMean, .median, .geometricMedian:
            true
        case .scaffold, .trimmedMean, .krum, .multiKrum, .bulyan: false
        }
    }
}
