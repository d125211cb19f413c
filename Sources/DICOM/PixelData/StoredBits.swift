/// Which bits of a sample count, and whether the highest of them is a sign (PS3.5 section 8.1.1).
///
/// Everything else is removed: overlays in high bits, and what a codec made of a sign it did not
/// know about. The data set's header decides, not the codestream's idea of signedness.
struct StoredBits: Hashable {
    /// Unused bits below the value; 0 in all but very old images.
    let lowBit: Int
    /// Number of bits of the value, 1 to 32.
    let count: Int
    let isSigned: Bool

    /// Interprets every sample in place.
    func apply(to samples: inout [Int32]) {
        let up = Int32(32 - count - lowBit)
        let down = Int32(32 - count)
        var target = samples.mutableSpan
        if isSigned {
            for index in target.indices { target[index] = (target[index] &<< up) &>> down }
        } else {
            for index in target.indices {
                let bits = (UInt32(bitPattern: target[index]) &<< UInt32(up)) &>> UInt32(down)
                target[index] = Int32(bitPattern: bits)
            }
        }
    }
}
