/// What one test exam gave, as the site alone sees it: an input of `SiteMetrics`, never sent.
package struct ExamResult: Sendable, Hashable {
    /// The exam score in [0, 1]; higher is more suspicious.
    package var score: Double
    /// Whether the exam has a haemorrhage; nil when no label is known (masks may still count).
    package var label: Bool?
    /// The volume of haemorrhage in mL from the reference masks; nil when unknown.
    package var volumeML: Double?
    /// The haemorrhage types of the reference, such as `subdural`; several are possible.
    package var types: [String]
    /// Circumstances such as `postoperative` or `hardware`.
    package var context: [String]
    /// Overlap with the reference masks, summed over slices; nil without reference masks.
    package var overlap: MaskOverlap?
    /// Tile scores of the slices with reference masks; nil without.
    package var tiles: ScoreHistogram?

    /// Makes a result.
    package init(
        score: Double,
        label: Bool?,
        volumeML: Double? = nil,
        types: [String] = [],
        context: [String] = [],
        overlap: MaskOverlap? = nil,
        tiles: ScoreHistogram? = nil
    ) {
        self.score = score
        self.label = label
        self.volumeML = volumeML
        self.types = types
        self.context = context
        self.overlap = overlap
        self.tiles = tiles
    }
}
