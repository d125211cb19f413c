/// A slice of a prepared volume and the slices of the series it is made of.
package struct PreparedSlice: Sendable, Hashable {
    /// One contributing slice of the series.
    package struct Source: Sendable, Hashable {
        /// Its index in ``CTVolume/slices``.
        package let index: Int
        /// Its SOP Instance UID.
        package let sopInstanceUID: String
        /// Its share; the shares of a prepared slice add up to 1.
        package let weight: Float
    }

    /// The place along the normal in mm.
    package let locationMM: Double
    /// How thick the slice is in mm: the source's thickness, or the contract's spacing if thin
    /// slices were averaged.
    package let thicknessMM: Double
    /// How much of the normal it stands for in mm, for volumes.
    package let extentMM: Double
    /// The contributing slices, ascending.
    package let sources: [Source]

    /// The contributing slice with the largest share, the lowest of them at a draw.
    package var principalSource: Source {
        sources.dropFirst().reduce(sources[0]) { $1.weight > $0.weight ? $1 : $0 }
    }
}
