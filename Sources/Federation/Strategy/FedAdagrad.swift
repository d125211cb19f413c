/// The mean update as the gradient of a server-side Adagrad: the variance only grows.
///
/// Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2:
/// `v += Δ²; x += η m / (√v + τ)`.
package struct FedAdagrad: AdaptiveStrategy {
    /// Its kind is `adagrad`.
    package let optimizer: ServerOptimizer
    /// What never leaves a site.
    package let privateTensors: PrivateTensors

    /// A server step of this optimizer, whose kind is `adagrad`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .adagrad, "the optimizer is of another kind")
        self.optimizer = optimizer
        self.privateTensors = privateTensors
    }
}
