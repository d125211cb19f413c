package import Foundation

/// Normalized averaging: sites that took more local steps do not pull further than their data.
///
/// Wang et al., "Tackling the Objective Inconsistency Problem in Heterogeneous Federated
/// Optimization", NeurIPS 2020: `x += τ_eff Σ pᵢ δᵢ / aᵢ` with `τ_eff = Σ pᵢ aᵢ`, where `aᵢ` is
/// the number of local SGD steps, or with heavy-ball momentum ρ its closed form (section 4.1).
package struct FedNova: AggregationStrategy {
    private let momentum: Double
    private let privateTensors: PrivateTensors

    /// Normalizes for local SGD with this momentum, 0 to below 1.
    package init(momentum: Double, privateTensors: PrivateTensors = .none) {
        precondition((0..<1).contains(momentum), "momentum outside 0 to 1")
        self.momentum = momentum
        self.privateTensors = privateTensors
    }

    /// The accumulated weight of the gradients of so many local steps: `‖aᵢ‖₁`.
    package func accumulation(steps: Int) -> Double {
        let steps = Double(steps)
        guard momentum > 0 else { return steps }
        let geometric = momentum * (1 - power(momentum, steps)) / (1 - momentum)
        return (steps - geometric) / (1 - momentum)
    }

    /// What each update is multiplied with.
    package func factors(weights: [Double], steps: [Int]) -> [Double] {
        let total = weights.reduce(0, +)
        let norms = steps.map(accumulation(steps:))
        let effective = zip(weights, norms).reduce(0) { $0 + $1.0 / total * $1.1 }
        return zip(weights, norms).map { effective * ($0 / total) / $1 }
    }

    /// Writes the next global model.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        let steps = updates.filter { $0.weight > 0 }.map(\.steps)
        let rule = LinearRule(
            factors: factors(weights: files.weights, steps: steps),
            divisor: 1
        )
        return try files.write(to: result) { block, step in rule.step(block, into: &step) }
    }

    private func power(_ base: Double, _ exponent: Double) -> Double {
        // By squaring: `pow` of the C library is not the same on every machine.
        var (result, factor, left) = (1.0, base, Int(exponent))
        while left > 0 {
            if left & 1 == 1 { result *= factor }
            factor *= factor
            left >>= 1
        }
        return result
    }
}
