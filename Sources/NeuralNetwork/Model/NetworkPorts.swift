/// The maps by which a network is fed and read.
struct NetworkPorts: Sendable {
    /// The input, in a form that depends on the architecture.
    var input: FeatureMap.ID

    /// How many slices lie under one depth of the input map: 1, or the stem's kernel depth.
    var inputFold: Int

    /// The label logits, a Float32 vector.
    var labels: FeatureMap.ID

    /// The mask logits, a Float32 plane of the input's height and width.
    var mask: FeatureMap.ID?
}
