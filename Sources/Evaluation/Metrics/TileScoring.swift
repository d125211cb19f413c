/// Scores square tiles of a slice against its mask: the test for sites with one exam class only.
///
/// A tile is positive when any of its pixels is haemorrhage, and its score is the highest
/// probability in it, so that punctate lesions count like large ones.
package struct TileScoring: Sendable, Hashable {
    /// The side of a tile in pixels.
    package let side: Int

    /// Bins of the histograms: uniform in the logit, 1/32 wide, because most tiles score near 0.
    package static let bins = 1024

    /// Makes a scoring with tiles of at least one pixel.
    package init(side: Int = 8) {
        precondition(side >= 1, "a tile has a pixel")
        self.side = side
    }

    /// An empty histogram for an exam.
    package func emptyHistogram() -> ScoreHistogram {
        ScoreHistogram(bins: Self.bins, scale: .logit)
    }

    /// Adds the tiles of one slice; arrays are row-major with rows × columns elements.
    ///
    /// Tiles without a pixel of `region` (the head) are left out: air is too easy.
    package func add(
        probabilities: [Float],
        reference: [Bool],
        region: [Bool]? = nil,
        rows: Int,
        columns: Int,
        to histogram: inout ScoreHistogram
    ) {
        precondition(probabilities.count == rows * columns, "a probability for every pixel")
        precondition(reference.count == rows * columns, "a mask value for every pixel")
        precondition(region.map { $0.count == rows * columns } ?? true, "a region of every pixel")
        for top in stride(from: 0, to: rows, by: side) {
            for left in stride(from: 0, to: columns, by: side) {
                var score: Float = 0
                var isPositive = false
                var isInside = region == nil
                for row in top..<min(top + side, rows) {
                    for index
                        in (row * columns + left)..<(row * columns + min(left + side, columns))
                    {
                        score = max(score, probabilities[index])
                        isPositive = isPositive || reference[index]
                        isInside = isInside || (region?[index] ?? false)
                    }
                }
                if isInside { histogram.add(Double(score), isPositive: isPositive) }
            }
        }
    }
}
