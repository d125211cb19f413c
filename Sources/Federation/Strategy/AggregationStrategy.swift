package import Foundation

/// A rule that makes the next global model out of the updates of a round; one file each.
///
/// Implementations read the files in blocks, so that memory grows neither with the model nor with
/// the number of sites, and sum in the order given (ascending site id) in Float64, so that the same
/// set of updates gives the same bits whatever the order of arrival.
package protocol AggregationStrategy: Sendable {
    /// Writes `result` atomically; on an error the file is not there.
    ///
    /// - Parameters:
    ///   - updates: the accepted updates, ascending by site id, each checked by the gate.
    ///   - globalModel: the model the sites started from.
    ///   - result: the file of the next global model.
    /// - Returns: the digest and the figures of the new model.
    /// - Throws: a `FederationError` that names the site or the tensor.
    func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL
    ) throws(FederationError) -> AggregationReport
}

extension AggregationRules {
    /// The strategy that carries these rules out.
    package var makeStrategy: any AggregationStrategy {
        switch strategy {
        case .fedavg: FedAvg()
        }
    }
}
