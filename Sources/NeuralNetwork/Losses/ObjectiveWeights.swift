/// How the terms of the training objective are weighed.
///
/// The loss of one example is
/// `labels · CE_labels + [mask known] (maskCrossEntropy · CE_mask + maskDice · Dice)`:
/// - `CE_labels` = Σ_k w_k · CE(x_k, t_k) / Σ_k w_k over the known labels, w = `anyLabel` for the
///   first and 1 for the others; 0 if none is known (`SigmoidCrossEntropy`);
/// - `CE_mask` = mean over pixels, positive pixels counted `maskPositive` times (`MaskLoss`);
/// - `Dice` = 1 − (2Σpt + 1)/(Σp + Σt + 1) over the pixels (`SoftDice`).
///
/// An example without a mask has only the label term. The loss of a batch is the mean of its
/// examples' losses, so that no example's loss depends on its neighbours.
package struct ObjectiveWeights: Sendable, Hashable, Codable {
    /// Weight of the labels' cross-entropy.
    package var labels: Double

    /// How often the label "any" counts among the known labels.
    package var anyLabel: Double

    /// Weight of the mask's cross-entropy.
    package var maskCrossEntropy: Double

    /// Weight of the mask's soft Dice loss.
    package var maskDice: Double

    /// How often a positive pixel counts in the mask's cross-entropy.
    package var maskPositive: Double

    /// Every weight 1 unless told otherwise.
    package init(
        labels: Double = 1,
        anyLabel: Double = 1,
        maskCrossEntropy: Double = 1,
        maskDice: Double = 1,
        maskPositive: Double = 1
    ) {
        self.labels = labels
        self.anyLabel = anyLabel
        self.maskCrossEntropy = maskCrossEntropy
        self.maskDice = maskDice
        self.maskPositive = maskPositive
    }

    /// Every term with weight 1.
    package static let standard = ObjectiveWeights()
}
