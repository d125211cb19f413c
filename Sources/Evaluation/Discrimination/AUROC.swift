/// The area under the ROC curve as the Mann-Whitney statistic: ties count one half.
package enum AUROC {
    /// Area and DeLong (1988) variance by midranks (Sun & Xu 2014), O(N log N).
    ///
    /// A higher score is more suspicious. Scores are finite; both arrays have the same count.
    package static func delong(scores: [Double], labels: [Bool]) -> AUROCResult {
        precondition(scores.count == labels.count, "every score needs a label")
        precondition(scores.allSatisfy { !$0.isNaN }, "a score that is NaN has no rank")
        let positives = zip(scores, labels).filter { $0.1 }.map { $0.0 }
        let negatives = zip(scores, labels).filter { !$0.1 }.map { $0.0 }
        guard !positives.isEmpty, !negatives.isEmpty else {
            return AUROCResult(positives: positives.count, negatives: negatives.count)
        }
        let ranks = midranks(of: positives + negatives)
        let within = midranks(of: positives)
        let withinNegatives = midranks(of: negatives)
        let m = positives.count
        let n = negatives.count
        return AUROCResult(
            positivePlacements: (0..<m).map { (ranks[$0] - within[$0]) / Double(n) },
            negativePlacements: (0..<n).map {
                1 - (ranks[m + $0] - withinNegatives[$0]) / Double(m)
            },
            mannWhitneyU: ranks[..<m].reduce(0, +) - Double(m * (m + 1)) / 2
        )
    }

    /// Ranks from 1, equal values sharing the mean of their ranks.
    private static func midranks(of values: [Double]) -> [Double] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Double](repeating: 0, count: values.count)
        var start = 0
        while start < order.count {
            var end = start + 1
            while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
            for index in order[start..<end] { ranks[index] = Double(start + 1 + end) / 2 }
            start = end
        }
        return ranks
    }
}
