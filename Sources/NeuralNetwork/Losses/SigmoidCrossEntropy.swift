internal import Foundation

/// Sigmoid cross-entropy of several labels, the unknown ones left out.
///
/// CE(x, t) = max(x, 0) − x·t + log(1 + e^−|x|); loss = Σ_k w_k CE(x_k, t_k) / Σ_k w_k over known k;
/// ∂loss/∂x_k = w_k (σ(x_k) − t_k) / Σ w, and 0 for unknown k. Computed in Float64.
struct SigmoidCrossEntropy {
    /// The weight of each label.
    var weights: [Double]

    /// The loss, and its gradient with respect to the logits.
    func evaluate(
        logits: [Float],
        targets: [Float?]
    ) -> (loss: Double, gradient: [Double]) {
        var gradient = [Double](repeating: 0, count: logits.count)
        var loss = 0.0
        var total = 0.0
        for (index, target) in targets.enumerated() {
            guard let target else { continue }
            let (x, t) = (Double(logits[index]), Double(target))
            loss += weights[index] * (max(x, 0) - x * t + log1p(exp(-abs(x))))
            gradient[index] = weights[index] * (SigmoidCrossEntropy.sigmoid(x) - t)
            total += weights[index]
        }
        guard total > 0 else {
            return (0, [Double](repeating: 0, count: logits.count))
        }
        return (loss / total, gradient.map { $0 / total })
    }

    /// 1 / (1 + e^−x).
    static func sigmoid(_ x: Double) -> Double {
        x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
    }
}
