/// One feature map of a network: its extents, its form and where in a joint map it lies.
struct FeatureMap: Sendable {
    /// The form of the elements.
    enum Form: Hashable, Sendable {
        /// [depth][channels / block][height * width][block] of the network's precision, channels
        /// padded with zeros to whole blocks.
        case blocked

        /// [depth][channels][height][width] of the network's precision; inputs only.
        case plain

        /// [channels][height * width] of Float32: pooled features, logits, planes.
        case float
    }

    /// The number of a map in its graph.
    typealias ID = Int

    var channels: Int
    var depth: Int
    var height: Int
    var width: Int
    var form: Form

    /// The joint map that this one is a part of, and at which element of it it begins.
    var joint: (map: ID, firstElement: Int)?

    var pixels: Int { height * width }
}
