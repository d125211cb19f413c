package import Foundation

/// Buffered asynchronous averaging: as soon as enough updates have come, whatever model each was
/// trained on, the global model takes a step; older ones count less.
///
/// Nguyen et al., "Federated Learning with Buffered Asynchronous Aggregation", AISTATS 2022,
/// Algorithm 1 with the polynomial staleness weight of section 5:
/// `x += η Σ wᵢ sᵢ δᵢ / Σ wᵢ`, `sᵢ = 1/√(1 + τᵢ)`, where τᵢ is the number of steps the global
/// model took since the one the site trained on. The divisor leaves `sᵢ` out: a buffer of old
/// updates takes a shorter step. With equal weights it is the paper's `Σ sᵢ δᵢ / K`.
package struct FedBuff: AggregationStrategy {
    /// The server's step size η, above 0.
    package let serverLearningRate: Double

    private let privateTensors: PrivateTensors

    /// Steps of this size.
    package init(serverLearningRate: Double, privateTensors: PrivateTensors = .none) {
        precondition(serverLearningRate > 0, "step size not above 0")
        self.serverLearningRate = serverLearningRate
        self.privateTensors = privateTensors
    }

    /// What an update that is so many steps of the global model old counts, of 1 for a fresh one.
    package static func discount(staleness: Int) -> Double {
        1 / Double(1 + staleness).squareRoot()
    }

    /// The rule of a round.
    func rule(weights: [Double], staleness: [Int]) -> LinearRule {
        LinearRule(
            factors: zip(weights, staleness).map {
                serverLearningRate * $0 * Self.discount(staleness: $1)
            },
            divisor: weights.reduce(0, +)
        )
    }

    /// The step of a block, in place of zeros.
    package func combine(
        _ block: UpdateBlock,
        weights: [Double],
        staleness: [Int],
        into step: inout [Double]
    ) {
        rule(weights: weights, staleness: staleness).step(block, into: &step)
    }

    /// Writes the next global model.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        let staleness = updates.filter { $0.weight > 0 }.map(\.staleness)
        let rule = rule(weights: files.weights, staleness: staleness)
        return try files.write(to: result) { block, step in rule.step(block, into: &step) }
    }
}
