/// The area under the precision-recall curve as step-wise average precision.
package enum AveragePrecision {
    /// Σ (R_k − R_{k−1})·P_k over distinct scores, descending; nil without a positive case.
    ///
    /// No interpolation. Not comparable between sites of different prevalence.
    package static func estimate(scores: [Double], labels: [Bool]) -> Double? {
        precondition(scores.count == labels.count, "every score needs a label")
        let total = labels.count { $0 }
        guard total > 0 else { return nil }
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        var sum = 0.0
        var found = 0
        var start = 0
        while start < order.count {
            var end = start
            let before = found
            while end < order.count, scores[order[end]] == scores[order[start]] {
                found += labels[order[end]] ? 1 : 0
                end += 1
            }
            sum += Double(found - before) * Double(found) / Double(end)
            start = end
        }
        return sum / Double(total)
    }

    /// expit(logit(AP) ± z/√(n⁺·AP·(1−AP))) (Boyd 2013); nil at 0 and 1.
    package static func logitInterval(
        _ estimate: Double,
        positives: Int,
        level: Double = 0.95
    ) -> Interval? {
        let spread = (Double(positives) * estimate * (1 - estimate)).squareRoot()
        return LogitScale.interval(
            estimate,
            half: NormalDistribution.critical(level: level) / spread
        )
    }
}
