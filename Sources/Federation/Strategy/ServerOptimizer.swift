/// How the mean update becomes a step when the server remembers earlier rounds.
///
/// Reddi et al., "Adaptive Federated Optimization", ICLR 2021, Algorithm 2 (no bias correction;
/// the variance starts at τ²), and Hsu et al. 2019 for momentum alone. Pure: one value a parameter.
package struct ServerOptimizer: Sendable, Hashable {
    /// How the second moment is kept.
    package enum Kind: String, Sendable, Hashable, Codable {
        /// None: heavy-ball momentum alone.
        case momentum
        /// An exponential mean of squares.
        case adam
        /// A mean of squares that moves by the sign of the difference.
        case yogi
        /// A sum of squares.
        case adagrad
    }

    /// How the second moment is kept.
    package let kind: Kind
    /// The server's step size η, above 0.
    package let learningRate: Double
    /// How much of the momentum stays, 0 to below 1.
    package let beta1: Double
    /// How much of the second moment stays, 0 to below 1; not for momentum and adagrad.
    package let beta2: Double
    /// What bounds the adaptivity, above 0; not for momentum.
    package let tau: Double

    /// An optimizer.
    package init(
        kind: Kind,
        learningRate: Double,
        beta1: Double = 0.9,
        beta2: Double = 0.99,
        tau: Double = 1e-3
    ) {
        self.kind = kind
        self.learningRate = learningRate
        self.beta1 = beta1
        self.beta2 = beta2
        self.tau = tau
    }

    /// The second moment before the first round.
    package var initialVariance: Double { tau * tau }

    /// Turns the mean update into the step, in place, and moves the moments on.
    package func step(_ delta: inout [Double], momentum: inout [Double], variance: inout [Double]) {
        for index in delta.indices {
            let change = delta[index]
            guard kind != .momentum else {
                momentum[index] = beta1 * momentum[index] + change
                delta[index] = learningRate * momentum[index]
                continue
            }
            momentum[index] = beta1 * momentum[index] + (1 - beta1) * change
            variance[index] = next(variance[index], square: change * change)
            let scale = variance[index].squareRoot() + tau
            delta[index] = learningRate * momentum[index] / scale
        }
    }

    private func next(_ variance: Double, square: Double) -> Double {
        switch kind {
        case .momentum: return variance
        case .adagrad: return variance + square
        case .adam: return beta2 * variance + (1 - beta2) * square
        case .yogi:
            let sign = variance > square ? 1.0 : variance < square ? -1.0 : 0
            return variance - (1 - beta2) * square * sign
        }
    }
}
