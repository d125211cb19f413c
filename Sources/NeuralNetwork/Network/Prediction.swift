package import Tensors

/// What a model says about one slab's middle slice.
package struct Prediction: Sendable {
    /// The probability of haemorrhage at each pixel, [height, width]; [0, 0] for a model without
    /// a mask.
    package let maskProbabilities: Tensor

    /// The probability of each label: any, then the five types (any alone for `m2`).
    package let classProbabilities: [Float]
}
