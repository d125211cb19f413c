internal import Foundation

/// The logits the output biases start at, so that the first steps do not only learn rarity.
enum OutputPrior {
    /// One slice in five shows what a label names.
    static let labels = Float(log(0.2 / 0.8))

    /// One pixel in fifty is haemorrhage.
    static let mask = Float(log(0.02 / 0.98))
}
