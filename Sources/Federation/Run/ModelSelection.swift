/// The scores of the models of a run so far: which is best, and whether to go on.
package struct ModelSelection: Sendable, Hashable, Codable {
    /// A scored model.
    package struct Candidate: Sendable, Hashable, Codable {
        /// The model.
        package let model: SHA256Digest
        /// Its score, weighted by exams.
        package let score: Double
    }

    private let rules: SelectionRules
    private var withoutGain = 0
    private var reference: Double?

    /// The model with the highest score, the earlier of equals; nil before any was scored.
    package private(set) var best: Candidate?

    /// A selection by these rules.
    package init(_ rules: SelectionRules) { self.rules = rules }

    /// The score of the model that a round began with, or that was scored at the end: the mean of its
    /// sites, weighted by exams; nil where no site has one.
    ///
    /// A late update was trained from, and scored, an earlier model: it does not vote.
    package static func score(in rollCall: RollCall) -> Double? {
        var sum = 0.0
        var exams = 0.0
        for entry in rollCall.entries {
            guard let contribution = entry.outcome.contribution, contribution.trainedIn == nil,
                let score = contribution.score, score.isFinite
            else { continue }
            sum += score * Double(entry.share.exams)
            exams += Double(entry.share.exams)
        }
        return exams > 0 ? sum / exams : nil
    }

    /// Takes the scores that sites gave a model.
    package mutating func note(_ model: SHA256Digest, _ rollCall: RollCall) {
        guard let score = Self.score(in: rollCall) else { return }
        if best.map({ score > $0.score }) ?? true { best = Candidate(model: model, score: score) }
        if let reference, score < reference + rules.minimumGain || score == reference {
            withoutGain += 1
        } else {
            reference = score
            withoutGain = 0
        }
    }

    /// Whether the last rounds brought nothing.
    package var shouldStop: Bool { rules.patience.map { withoutGain >= $0 } ?? false }

    /// The result of the run when this model is its last.
    package func result(last model: SHA256Digest) -> SHA256Digest {
        rules.rule == .best ? best?.model ?? model : model
    }
}
