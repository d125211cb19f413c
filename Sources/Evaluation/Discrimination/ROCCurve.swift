/// The empirical ROC curve.
///
/// Case-level data (evaluation.md 3.2): it must not leave a site.
package struct ROCCurve: Sendable, Hashable {
    /// One operating point; a case is positive when its score is at least the threshold.
    package struct Point: Sendable, Hashable {
        /// The threshold; nil at the start, above every score.
        package let threshold: Double?
        /// The fraction of negative cases called positive.
        package let falsePositiveRate: Double
        /// The fraction of positive cases called positive.
        package let truePositiveRate: Double
    }

    /// From (0, 0) to (1, 1), one point for each distinct score, descending.
    package let points: [Point]

    /// Builds the curve; nil when a class is empty.
    package init?(scores: [Double], labels: [Bool]) {
        precondition(scores.count == labels.count, "every score needs a label")
        let positives = labels.count { $0 }
        let negatives = labels.count - positives
        guard positives > 0, negatives > 0 else { return nil }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var points = [Point(threshold: nil, falsePositiveRate: 0, truePositiveRate: 0)]
        var hits = 0
        for (rank, index) in order.enumerated() {
            hits += labels[index] ? 1 : 0
            let isLast = rank + 1 == order.count || scores[order[rank + 1]] != scores[index]
            guard isLast else { continue }
            points.append(
                Point(
                    threshold: scores[index],
                    falsePositiveRate: Double(rank + 1 - hits) / Double(negatives),
                    truePositiveRate: Double(hits) / Double(positives)
                )
            )
        }
        self.points = points
    }
}
