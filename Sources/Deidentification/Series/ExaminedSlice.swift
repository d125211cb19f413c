/// What the first pass keeps of a slice: about 60 kB, whatever the size of the file.
package struct ExaminedSlice: Sendable {
    /// HMAC-SHA-256 of the file, so that the second pass works on the same bytes.
    let digest: String
    /// The new identifier of the series.
    let seriesInstanceUID: String
    /// The original study, after which the cut of a face is named.
    let study: String
    /// The original frame of reference; slices of one lie in one space.
    let frameOfReference: String
    /// The number of rows and columns, in which places of text are given.
    let size: SIMD2<Int>
    /// Where text was found.
    let text: [PixelRegion]
    /// The slice in small; nil if faces stay.
    let reduced: SliceStack.Reduced?
}
