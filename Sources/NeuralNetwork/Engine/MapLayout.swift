/// How the channels of a feature map lie in memory.
enum MapLayout: Hashable, Sendable {
    /// [channels][height][width]; only for inputs of one to three channels.
    case plain

    /// [channels / 8][height][width][8].
    case blocked8

    /// [channels / 16][height][width][16].
    case blocked16
}
