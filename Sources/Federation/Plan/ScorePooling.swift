/// How the scores of slices become the score of an exam (`metrics.scorePooling`).
package struct ScorePooling: Sendable, Hashable, Codable {
    /// The rule.
    package enum Method: String, Sendable, Hashable, Codable, CaseIterable {
        /// The highest slice score.
        case maximum
        /// The mean of the `topSlices` highest slice scores: one odd slice does not decide.
        case topMean
        /// The mean of all slice scores.
        case mean
    }

    /// The rule.
    package var method: Method
    /// The number of slices of `topMean`; 1 makes it `maximum`.
    package var topSlices: Int

    init(reading reader: inout SectionReader) {
        method = reader.choice("method", default: .topMean)
        topSlices = reader.integer("topSlices", in: 1...1000, default: 3)
    }

    /// The exam score of at least one slice score.
    package func pool(_ sliceScores: [Double]) -> Double {
        precondition(!sliceScores.isEmpty, "an exam has at least one slice")
        let descending = sliceScores.sorted(by: >)
        let count =
            switch method {
            case .maximum: 1
            case .topMean: min(topSlices, descending.count)
            case .mean: descending.count
            }
        return descending.prefix(count).reduce(0, +) / Double(count)
    }
}
