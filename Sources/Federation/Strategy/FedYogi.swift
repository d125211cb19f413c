package import Foundation

/// The mean update as the gradient of a server-side Yogi: the variance falls slowly.
///
/// Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2:
/// `v −= (1 − β₂) Δ² sign(v − Δ²); x += η m / (√v + τ)`.
package struct FedYogi: AggregationStrategy {
    private let rule: AdaptiveRule

    /// A server step of this optimizer, whose kind is `yogi`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .yogi, "the optimizer is of another kind")
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
