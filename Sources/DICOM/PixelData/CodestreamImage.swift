/// Samples as a codec delivers them, before the data set's header interprets their bits.
struct CodestreamImage {
    /// Row-major, interleaved if there are several samples a pixel.
    var samples: [Int32]
    /// Bits a sample has in the codestream.
    let precision: Int
}
