package import Foundation

/// Federated averaging of all tensors but the private ones, which each site keeps.
///
/// Li et al., "FedBN: Federated Learning on Non-IID Features via Local Batch Normalization", ICLR
/// 2021; see ``PrivateTensors``. Without private tensors it gives the same bits as ``FedAvg``.
package struct FedBN: AggregationStrategy {
    private let privateTensors: PrivateTensors

    /// Averages all but these.
    package init(privateTensors: PrivateTensors) { self.privateTensors = privateTensors }

    /// Writes the next global model; private tensors stay as they were at the start.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        let rule = LinearRule.mean(files.weights)
        return try files.write(to: result) { block, step in rule.step(block, into: &step) }
    }
}
