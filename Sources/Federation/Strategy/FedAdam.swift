/// The mean update as the gradient of a server-side Adam without bias correction.
///
/// Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2:
/// `v = β₂ v + (1 − β₂) Δ²; x += η m / (√v + τ)`.
package struct FedAdam: AdaptiveStrategy {
    /// Its kind is `adam`.
    package let optimizer: ServerOptimizer
    /// What never leaves a site.
    package let privateTensors: PrivateTensors

    /// A server step of this optimizer, whose kind is `adam`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .adam, "the optimizer is of another kind")
        self.optimizer = optimizer
        self.privateTensors = privateTensors
    }
}
