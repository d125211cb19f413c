package import Tensors

/// One slab with what is known about its middle slice.
package struct TrainingExample: Sendable {
    /// The slab, [windows, depth, height, width].
    package let input: Tensor

    /// The middle slice's haemorrhage mask, [height, width] of 0 and 1; nil if unknown.
    package let mask: Tensor?

    /// The labels any, then the five types, 0 or 1; nil for an unknown one.
    package let labels: [Float?]

    /// An example; a model with one label uses the first.
    package init(input: Tensor, mask: Tensor?, labels: [Float?]) {
        self.input = input
        self.mask = mask
        self.labels = labels
    }
}
