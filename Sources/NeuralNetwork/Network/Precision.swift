/// The element type of feature maps, their gradients and the weights inside convolutions.
///
/// Parameters, their gradients, the optimizer's state and the loss are Float32 in both.
package enum Precision: String, Sendable, Hashable, Codable, CaseIterable {
    case float32 = "fp32"
    case bfloat16 = "bf16"
}
