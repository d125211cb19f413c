/// What was done to the pixels of one image, by which it is marked.
struct PixelCleaning: Hashable, Sendable {
    /// Whether the pixels were searched for text and none reads any more.
    var isCheckedForText = false

    /// The bands that were blanked.
    var blankedBandCount = 0

    /// What became of the face; nil if nobody looked for one.
    var faces: FaceRemovalReport.Outcome?

    /// The pixels that face removal replaced.
    var removedPixelCount = 0

    /// The options of a profile that were carried out.
    func applied(
        of options: Set<DeidentificationProfile.Option>
    ) -> Set<DeidentificationProfile.Option> {
        var applied = options
        if !isCheckedForText { applied.remove(.cleanPixelData) }
        if faces == nil || faces == .noSurface {
            applied.remove(.cleanRecognizableVisualFeatures)
        }
        return applied
    }
}
