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

    /// Takes the scores of a model; sites without one do not count.
    package mutating func note(
        _ model: SHA256Digest,
        scores: [(score: Double?, exams: Int)]
    ) {
        let given = scores.compactMap { entry in
            entry.score.flatMap { $0.isFinite ? ($0, Double(entry.exams)) : nil }
        }
        let exams = given.reduce(0) { $0 + $1.1 }
        guard exams > 0 else { return }
        let score = given.reduce(0) { $0 + $1.0 * $1.1 } / exams
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
