/// How much of the normal a slice stands for, below and above its centre, in mm.
///
/// On each side it is half the slice thickness or half the distance to the neighbour, whichever is
/// less: overlapping slices share what they overlap, and a gap between slices belongs to none of
/// them, so that it cannot inflate a volume. Evenly spaced slices whose thickness is their distance
/// stand for exactly that.
package struct SliceExtent: Sendable, Hashable {
    /// Towards lower locations.
    package let below: Double
    /// Towards higher locations.
    package let above: Double

    /// The whole extent in mm.
    package var total: Double { below + above }

    /// The extents of slices at ascending locations.
    ///
    /// - Parameters:
    ///   - locations: Strictly ascending places along the normal in mm.
    ///   - thicknesses: The stated thickness of each; where nil, the median distance stands in (1
    ///     mm for a lone slice).
    /// - Returns: One extent for each location.
    static func extents(locations: [Double], thicknesses: [Double?]) -> [SliceExtent] {
        let distances = zip(locations, locations.dropFirst()).map { $1 - $0 }
        let fallback = distances.isEmpty ? 1 : distances.sorted()[distances.count / 2]
        return locations.indices.map { index in
            let half = (thicknesses[index] ?? fallback) / 2
            let below = index > 0 ? distances[index - 1] / 2 : nil
            let above = index < distances.count ? distances[index] / 2 : nil
            // The outermost slice reaches out as far as it reaches in.
            return SliceExtent(
                below: min(half, below ?? above ?? half),
                above: min(half, above ?? below ?? half)
            )
        }
    }
}
