/// Federated averaging with server momentum: `m = β m + mean δ; x += η m`.
///
/// Hsu et al., "Measuring the Effects of Non-Identical Data Distribution for Federated Visual
/// Classification", 2019, section 4.3.
package struct FedAvgM: AdaptiveStrategy {
    /// Its kind is `momentum`.
    package let optimizer: ServerOptimizer
    /// What never leaves a site.
    package let privateTensors: PrivateTensors

    /// A server step of this optimizer, whose kind is `momentum`.
    package init(_ optimizer: ServerOptimizer, privateTensors: PrivateTensors = .none) {
        precondition(optimizer.kind == .momentum, "the optimizer is of another kind")
        self.optimizer = optimizer
        self.privateTensors = privateTensors
    }
}
