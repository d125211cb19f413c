package import Foundation

/// The weighted mean after every update longer than a bound was shortened to it.
///
/// Sun et al., "Can You Really Backdoor Federated Learning?", 2019, section 3: `δᵢ min(1, C/‖δᵢ‖)`.
/// No update moves the model further than `C` times its share of the weight; works from one site on.
package struct NormClippedMean: AggregationStrategy {
    private let clipNorm: Double
    private let privateTensors: PrivateTensors

    /// Shortens to this Euclidean norm over all parameters, above 0.
    package init(clipNorm: Double, privateTensors: PrivateTensors = .none) {
        precondition(clipNorm > 0, "the bound is not above 0")
        self.clipNorm = clipNorm
        self.privateTensors = privateTensors
    }

    /// What an update of this norm is multiplied with: at most 1.
    package func factor(norm: Double) -> Double { norm > clipNorm ? clipNorm / norm : 1 }

    /// The step of whole vectors.
    package func combine(_ block: UpdateBlock, weights: [Double]) -> [Double] {
        let squares = (0..<block.rows).map { block.squares(row: $0) }
        return rule(weights: weights, squares: squares).step(block)
    }

    /// Writes the next global model; reads the updates twice.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        var squares = files.sites.map { _ in 0.0 }
        try files.scan { block in
            for row in 0..<block.rows { squares[row] += block.squares(row: row) }
        }
        let rule = rule(weights: files.weights, squares: squares)
        var report = try files.write(to: result) { block, step in rule.step(block, into: &step) }
        for (index, sum) in squares.enumerated() {
            report.sites[index].setAside = factor(norm: sum.squareRoot()) < 1
        }
        return report
    }

    private func rule(weights: [Double], squares: [Double]) -> LinearRule {
        LinearRule(
            factors: zip(weights, squares).map { $0 * factor(norm: $1.squareRoot()) },
            divisor: weights.reduce(0, +)
        )
    }
}
