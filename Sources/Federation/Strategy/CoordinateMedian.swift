package import Foundation

/// The median of the sites, parameter by parameter.
///
/// Yin et al., "Byzantine-Robust Distributed Learning: Towards Optimal Statistical Rates", ICML
/// 2018, Algorithm 1. Unweighted; of an even number the mean of the two in the middle. With weights
/// the lower weighted median: the first value at which half of the weight is reached.
package struct CoordinateMedian: AggregationStrategy {
    private let isWeighted: Bool
    private let privateTensors: PrivateTensors

    /// A median that counts sites, or with `isWeighted` their weights.
    package init(isWeighted: Bool = false, privateTensors: PrivateTensors = .none) {
        self.isWeighted = isWeighted
        self.privateTensors = privateTensors
    }

    /// The step of a block.
    package func combine(_ block: UpdateBlock, weights: [Double], into step: inout [Double]) {
        if isWeighted {
            let half = weights.reduce(0, +) / 2
            block.forEachColumn { position, column in
                step[position] = Self.lowerMedian(column, weights: weights, half: half)
            }
        } else {
            block.forEachColumn { position, column in
                column.sortColumn()
                step[position] = Self.middle(of: column)
            }
        }
    }

    /// The middle of ascending values.
    static func middle(of ascending: [Double]) -> Double {
        let half = ascending.count / 2
        return ascending.count % 2 == 1
            ? ascending[half] : (ascending[half - 1] + ascending[half]) / 2
    }

    private static func lowerMedian(
        _ column: [Double],
        weights: [Double],
        half: Double
    ) -> Double {
        // Sorting is stable, so equal values stay in site-id order.
        let order = column.indices.sorted { column[$0] < column[$1] }
        var reached = 0.0
        for index in order {
            reached += weights[index]
            if reached >= half { return column[index] }
        }
        return column[order[order.count - 1]]
    }

    /// Writes the next global model.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        return try files.write(to: result) { block, step in
            combine(block, weights: files.weights, into: &step)
        }
    }
}
