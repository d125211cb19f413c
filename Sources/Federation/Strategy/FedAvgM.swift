package import Foundation

/// Federated averaging with server momentum: `m = β m + mean δ; x += η m`.
///
/// Hsu et al., "Measuring the Effects of Non-Identical Data Distribution for Federated Visual
/// Classification", 2019, section 4.3.
package struct FedAvgM: AggregationStrategy {
    private let rule: AdaptiveRule

    /// A server step of this optimizer, whose kind is `momentum`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .momentum, "the optimizer is of another kind")
        rule = AdaptiveRule(optimizer: optimizer, privateTensors: privateTensors)
    }

    /// The moments go on from round to round.
    package var keepsState: Bool { true }

    /// Writes the next global model and the moments beside it.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        try rule.aggregate(updates, onto: globalModel, writing: result, state: state)
    }
}
