/// The weights of the terms of the training loss (`localTraining.lossWeights`).
package struct LossWeights: Sendable, Hashable, Codable {
    /// Sigmoid cross-entropy of the mask, mean over pixels.
    package var maskCrossEntropy: Double
    /// How many times a positive pixel counts in the mask's cross-entropy: lesions are a small part of a slice.
    package var maskPositive: Double
    /// Soft Dice loss of the mask.
    package var maskDice: Double
    /// Sigmoid cross-entropy of the six labels, mean over the known ones.
    package var labels: Double
    /// How many times the label `any` counts among the six (RSNA 2019 counts it twice).
    package var anyLabel: Double

    init(reading reader: inout SectionReader) {
        maskCrossEntropy = reader.number("maskCrossEntropy", in: 0...1000, default: 1)
        maskPositive = reader.number("maskPositive", in: 1...10000, default: 1)
        maskDice = reader.number("maskDice", in: 0...1000, default: 1)
        labels = reader.number("labels", in: 0...1000, default: 1)
        anyLabel = reader.number("anyLabel", in: 0...1000, default: 2)
        if maskCrossEntropy + maskDice + labels == 0 {
            reader.report(.inconsistent, "labels", "all weights are zero: nothing is trained")
        }
    }
}
