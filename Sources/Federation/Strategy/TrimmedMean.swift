package import Foundation

/// The mean, parameter by parameter, without the lowest and the highest values.
///
/// Yin et al., "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML
/// 2018, Algorithm 1, option II. Unweighted; stands `trimEachSide` hostile sites.
package struct TrimmedMean: AggregationStrategy {
    private let trimEachSide: Int
    private let privateTensors: PrivateTensors

    /// Leaves out so many values on each side.
    package init(trimEachSide: Int, privateTensors: PrivateTensors = .none) {
        precondition(trimEachSide >= 0, "a negative number of values")
        self.trimEachSide = trimEachSide
        self.privateTensors = privateTensors
    }

    /// The step of a block of more than `2 trimEachSide` rows.
    package func combine(_ block: UpdateBlock, into step: inout [Double]) {
        precondition(block.rows > 2 * trimEachSide, "nothing is left after trimming")
        let kept = trimEachSide..<block.rows - trimEachSide
        block.forEachColumn { position, column in
            column.sortColumn()
            var sum = 0.0
            for index in kept { sum += column[index] }
            step[position] = sum / Double(kept.count)
        }
    }

    /// Writes the next global model; throws `tooFewSites`.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        try files.require(2 * trimEachSide + 1, for: "trimmedMean")
        return try files.write(to: result) { block, step in combine(block, into: &step) }
    }
}
