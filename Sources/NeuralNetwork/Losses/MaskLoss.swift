internal import CKernels

/// Cross-entropy and soft Dice of one mask of logits, in one pass forward and one backward.
///
/// x, t (0 or 1): [H, W]. CE = Σ (w₊·t·softplus(−x) + (1 − t)·softplus(x)) / (H·W), and `SoftDice`;
/// ∂CE/∂x = (p(1 − t) − w₊·t(1 − p)) / (H·W), p = σ(x). Sums are in Float64.
@safe
final class MaskLoss {
    private let weights: ObjectiveWeights
    private let pixels: Int
    private let probabilities: AlignedMemory
    private let arrays: UnsafePointer<ck_array_kernels>

    init(_ context: EngineContext, pixels: Int, weights: ObjectiveWeights) {
        self.weights = weights
        self.pixels = pixels
        unsafe arrays = context.arrays
        probabilities = AlignedMemory(floats: pixels)
    }

    /// The weighted loss; writes `scale` times its gradient.
    func evaluate(
        logits: UnsafePointer<Float>,
        target: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        scale: Double
    ) -> Double {
        var sums = [0.0, 0.0, 0.0, 0.0]
        unsafe arrays.pointee.mask_loss(
            Int64(pixels),
            Float(weights.maskPositive),
            logits,
            target,
            probabilities.floats,
            &sums
        )
        let dice = SoftDice(intersection: sums[1], total: sums[2] + sums[3])
        let diceScale = scale * weights.maskDice
        unsafe arrays.pointee.mask_loss_gradient(
            Int64(pixels),
            Float(weights.maskPositive),
            Float(scale * weights.maskCrossEntropy / Double(pixels)),
            Float(diceScale * dice.targetFactor),
            Float(diceScale * dice.constant),
            probabilities.floats,
            target,
            gradient
        )
        return weights.maskCrossEntropy * sums[0] / Double(pixels) + weights.maskDice * dice.loss
    }
}
