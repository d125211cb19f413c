/// Which round's model is the result, and when to stop (`selection` of the plan).
///
/// The score of a model is the AUROC of its sites on held-back exams, weighted by exams; a site whose
/// disclosure control withholds it has none. Sites score the model they receive before they train
/// on it; the last is scored at the end.
package struct SelectionRules: Sendable, Hashable, Codable {
    /// The rule.
    package enum Rule: String, Sendable, Hashable, Codable, CaseIterable {
        /// The last round's.
        case last
        /// The one with the highest score, the earlier of equals.
        case best
    }

    /// Which model is the result.
    package var rule: Rule
    /// Rounds without a gain after which the run goes on to scoring; nil never stops early.
    package var patience: Int?
    /// What counts as a gain, at least 0.
    package var minimumGain: Double

    /// Whether the sites have to score the model of every round.
    package var needsScores: Bool { rule == .best || patience != nil }

    /// Rules.
    package init(rule: Rule, patience: Int? = nil, minimumGain: Double = 0) {
        self.rule = rule
        self.patience = patience
        self.minimumGain = minimumGain
    }

    init(reading reader: inout SectionReader) {
        rule = reader.choice("rule", default: .best)
        patience = reader.has("patience") ? reader.integer("patience", in: 1...1000) : nil
        minimumGain = reader.number("minimumGain", in: 0...1, default: 0)
    }
}
