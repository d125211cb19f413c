package import Foundation

/// Krum repeated until `n − 2f` updates are chosen, then a trimmed mean around their median.
///
/// El Mhamdi et al., "The Hidden Vulnerability of Distributed Learning in Byzantium", ICML 2018,
/// section 4. Needs `n ≥ 4f + 3`.
package struct Bulyan: AggregationStrategy {
    /// The hostile sites it stands.
    package let byzantineSites: Int

    private let privateTensors: PrivateTensors

    /// A rule against so many hostile sites.
    package init(byzantineSites: Int, privateTensors: PrivateTensors = .none) {
        precondition(byzantineSites >= 0, "a negative number of sites")
        self.byzantineSites = byzantineSites
        self.privateTensors = privateTensors
    }

    /// The updates that are kept, in the order in which they were chosen.
    package func selected(_ distances: PairwiseDistances) -> [Int] {
        var remaining = Array(0..<distances.count)
        var selected: [Int] = []
        while selected.count < distances.count - 2 * byzantineSites {
            let scores = Krum.scores(
                distances,
                among: remaining,
                neighbours: remaining.count - byzantineSites - 2
            )
            let best = scores.indices.min { (scores[$0], $0) < (scores[$1], $1) } ?? 0
            selected.append(remaining.remove(at: best))
        }
        return selected
    }

    /// The step of a block from the selected rows.
    package func combine(_ block: UpdateBlock, selected: [Int], into step: inout [Double]) {
        let rows = selected.sorted()
        let kept = max(1, rows.count - 2 * byzantineSites)
        var chosen = [Double](repeating: 0, count: rows.count)
        block.forEachColumn { position, column in
            for (index, row) in rows.enumerated() { chosen[index] = column[row] }
            chosen.sortColumn()
            step[position] = Self.mean(of: kept, nearest: chosen)
        }
    }

    /// The mean of the `kept` ascending values nearest their median, which are neighbours.
    private static func mean(of kept: Int, nearest ascending: [Double]) -> Double {
        let median = CoordinateMedian.middle(of: ascending)
        var (low, high) = (0, ascending.count)
        while high - low > kept {
            if median - ascending[low] > ascending[high - 1] - median {
                low += 1
            } else {
                high -= 1
            }
        }
        return ascending[low..<high].reduce(0, +) / Double(kept)
    }

    /// Writes the next global model; reads the updates twice, throws `tooFewSites`.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        try files.require(4 * byzantineSites + 3, for: "bulyan")
        let selected = selected(try files.distances())
        var report = try files.write(to: result) { block, step in
            combine(block, selected: selected, into: &step)
        }
        report.setAside(allBut: selected)
        return report
    }
}
