/// The aggregation of a plan in words for the person who approves it.
struct AggregationWords {
    private let rules: AggregationRules

    init(_ rules: AggregationRules) { self.rules = rules }

    /// The rule, its parameters and what a site counts.
    var text: String {
        let parameters: [(String, Double?)] = [
            ("server step", rules.serverLearningRate), ("momentum", rules.serverMomentum),
            ("second moment", rules.secondMoment), ("tau", rules.tau),
            ("proximal weight", rules.proximalWeight), ("norm at most", rules.clipNorm),
            ("trimmed on each side", rules.trimEachSide.map(Double.init)),
            ("hostile sites it stands", rules.byzantineSites.map(Double.init)),
            ("updates kept", rules.keep.map(Double.init)),
            ("updates a round", rules.buffer.map(Double.init)),
            ("rounds old at most", rules.maximumStaleness.map(Double.init)),
        ]
        let named = parameters.compactMap { name, value in value.map { "\(name) \(plain($0))" } }
        let rule =
            rules.strategy.rawValue + (named.isEmpty ? "" : " (\(named.joined(separator: ", ")))")
        return rule + ", weighted by "
            + (rules.weighting == .examples ? "examples" : "site, equally")
    }

    /// What of the network leaves the site.
    var leaving: String {
        guard let patterns = rules.privateTensors else {
            return "the change of the network's weights, once a round"
        }
        return "the change of the network's weights, once a round, without those that stay at your "
            + "site: " + patterns.joined(separator: ", ")
    }

    private func plain(_ value: Double) -> String {
        let text = String(value)
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}
