/// The mean update as the gradient of a server-side Yogi: the variance falls slowly.
///
/// Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2:
/// `v −= (1 − β₂) Δ² sign(v − Δ²); x += η m / (√v + τ)`.
package struct FedYogi: AdaptiveStrategy {
    /// Its kind is `yogi`.
    package let optimizer: ServerOptimizer
    /// What never leaves a site.
    package let privateTensors: PrivateTensors

    /// A server step of this optimizer, whose kind is `yogi`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .yogi, "the optimizer is of another kind")
        self.optimizer = optimizer
        self.privateTensors = privateTensors
    }
}
