package import Foundation

/// The updates that lie closest to their neighbours; one (Krum) or the mean of several.
///
/// Blanchard et al., "Machine Learning with Adversaries: Byzantine Tolerant Gradient Descent",
/// NeurIPS 2017. The score of an update is the sum of the squared distances to its `n − f − 2`
/// nearest others; needs `n ≥ 2f + 3`. Of equal scores the lower site id wins.
package struct Krum: AggregationStrategy {
    /// The hostile sites it stands.
    package let byzantineSites: Int
    /// The number of updates that are kept; 1 is Krum, nil keeps `n − f`.
    package let kept: Int?

    private let privateTensors: PrivateTensors

    /// A rule against so many hostile sites.
    package init(
        byzantineSites: Int,
        kept: Int? = 1,
        privateTensors: PrivateTensors = .none
    ) {
        precondition(byzantineSites >= 0 && (kept ?? 1) > 0, "a number out of range")
        self.byzantineSites = byzantineSites
        self.kept = kept
        self.privateTensors = privateTensors
    }

    /// The score of each of the `members`, in their order.
    package static func scores(
        _ distances: PairwiseDistances,
        among members: [Int],
        neighbours: Int
    ) -> [Double] {
        members.map { member in
            let others = members.filter { $0 != member }.map { distances[member, $0] }.sorted()
            return others.prefix(max(1, neighbours)).reduce(0, +)
        }
    }

    /// The scores of all updates.
    package func scores(_ distances: PairwiseDistances) -> [Double] {
        Self.scores(
            distances,
            among: Array(0..<distances.count),
            neighbours: distances.count - byzantineSites - 2
        )
    }

    /// The updates that are kept, ascending.
    package func selected(_ distances: PairwiseDistances) -> [Int] {
        let scores = scores(distances)
        let order = scores.indices.sorted { (scores[$0], $0) < (scores[$1], $1) }
        return order.prefix(kept ?? max(1, distances.count - byzantineSites)).sorted()
    }

    /// The mean of the selected rows, summed in site-id order.
    static func mean(of selected: [Int], rows: Int) -> LinearRule {
        LinearRule(
            factors: (0..<rows).map { selected.contains($0) ? 1 : 0 },
            divisor: Double(selected.count)
        )
    }

    /// The step of whole vectors.
    package func combine(_ block: UpdateBlock) -> [Double] {
        Self.mean(of: selected(PairwiseDistances(block)), rows: block.rows).step(block)
    }

    /// Writes the next global model; reads the updates twice, throws `tooFewSites`.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        try files.require(2 * byzantineSites + 3, for: "krum")
        let selected = selected(try files.distances())
        let rule = Self.mean(of: selected, rows: files.sites.count)
        var report = try files.write(to: result) { block, step in rule.step(block, into: &step) }
        report.setAside(allBut: selected)
        return report
    }
}
