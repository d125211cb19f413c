package import Foundation

/// Federated averaging of sites that are held near the global model while they train.
///
/// Li et al., "Federated Optimization in Heterogeneous Networks", MLSys 2020: each site minimizes
/// its loss plus `(μ/2) ‖w − w_global‖²`. The term is local; the server's rule is the mean.
package struct FedProx: AggregationStrategy {
    /// The weight μ of the term, at least 0.
    package let proximalWeight: Double

    private let mean: FedBN

    /// Holds the sites with this weight.
    package init(proximalWeight: Double, privateTensors: PrivateTensors = .none) {
        precondition(proximalWeight >= 0, "the weight is negative")
        self.proximalWeight = proximalWeight
        mean = FedBN(privateTensors: privateTensors)
    }

    /// What the term adds to the loss at `local`.
    package func term<Number: BinaryFloatingPoint>(local: [Number], global: [Number]) -> Double {
        precondition(local.count == global.count, "models differ in length")
        let squares = zip(local, global).reduce(0.0) {
            let difference = Double($1.0) - Double($1.1)
            return $0 + difference * difference
        }
        return proximalWeight / 2 * squares
    }

    /// Adds the term's gradient `μ (w − w_global)` to the gradient of the loss at `local`.
    package func add<Number: BinaryFloatingPoint>(
        to gradient: inout [Number],
        local: [Number],
        global: [Number]
    ) {
        precondition(
            local.count == global.count && gradient.count == local.count,
            "models differ in length"
        )
        let weight = Number(proximalWeight)
        for index in gradient.indices { gradient[index] += weight * (local[index] - global[index]) }
    }

    /// Writes the next global model: the mean.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        try mean.aggregate(updates, onto: globalModel, writing: result, state: state)
    }
}
