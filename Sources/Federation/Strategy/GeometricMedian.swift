package import Foundation

/// The point with the smallest weighted sum of distances to the updates.
///
/// Pillutla et al., "Robust Aggregation for Federated Learning" (RFA), IEEE TSP 2022: smoothed
/// Weiszfeld steps `βᵢ = wᵢ / max(ν, ‖z − δᵢ‖)` from the weighted mean. Every iterate is a mean of
/// the updates, so distances follow from those between the updates: two readings whatever the
/// number of iterations.
package struct GeometricMedian: AggregationStrategy {
    /// The most steps.
    package let iterationsMax: Int
    /// The distance below which an update counts as reached.
    package let smoothing: Double

    private let privateTensors: PrivateTensors

    /// A median after at most so many steps; ends early when nothing moves.
    package init(
        iterationsMax: Int = 200,
        smoothing: Double = 1e-6,
        privateTensors: PrivateTensors = .none
    ) {
        precondition(iterationsMax >= 1 && smoothing > 0, "a number out of range")
        self.iterationsMax = iterationsMax
        self.smoothing = smoothing
        self.privateTensors = privateTensors
    }

    /// The share of each update in the iterate after every step; they sum to 1.
    package func shares(_ distances: PairwiseDistances, weights: [Double]) -> [[Double]] {
        var current = Self.normalized(weights)
        var trace: [[Double]] = []
        for _ in 0..<iterationsMax {
            let reached = Self.distances(from: current, distances)
            let next = Self.normalized(zip(weights, reached).map { $0 / max(smoothing, $1) })
            let moved = zip(current, next).map { abs($0 - $1) }.max() ?? 0
            current = next
            trace.append(next)
            if moved < 1e-15 { break }
        }
        return trace
    }

    /// The step of whole vectors.
    package func combine(_ block: UpdateBlock, weights: [Double]) -> [Double] {
        rule(PairwiseDistances(block), weights).step(block)
    }

    private func rule(_ distances: PairwiseDistances, _ weights: [Double]) -> LinearRule {
        LinearRule(
            factors: shares(distances, weights: weights).last ?? Self.normalized(weights),
            divisor: 1
        )
    }

    private static func normalized(_ values: [Double]) -> [Double] {
        let total = values.reduce(0, +)
        return values.map { $0 / total }
    }

    /// The distances from `z = Σ aⱼ δⱼ` with `Σ aⱼ = 1`: `Σ aⱼ Dᵢⱼ − ½ Σ aⱼ aₖ Dⱼₖ`.
    private static func distances(from shares: [Double], _ pairs: PairwiseDistances) -> [Double] {
        let toEach = shares.indices.map { first in
            shares.indices.reduce(0) { $0 + shares[$1] * pairs[first, $1] }
        }
        let spread = zip(shares, toEach).reduce(0) { $0 + $1.0 * $1.1 } / 2
        return toEach.map { max(0, $0 - spread).squareRoot() }
    }

    /// Writes the next global model; reads the updates twice.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        let rule = rule(try files.distances(), files.weights)
        return try files.write(to: result) { block, step in rule.step(block, into: &step) }
    }
}
