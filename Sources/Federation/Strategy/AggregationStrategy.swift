package import Foundation

/// A rule that makes the next global model out of the updates of a round; one file each.
///
/// Implementations read the files in blocks, so that memory grows neither with the model nor with
/// the number of sites, and sum in the order given (ascending site id) in Float64, so that the same
/// set of updates gives the same bits whatever the order of arrival.
package protocol AggregationStrategy: Sendable {
    /// Whether the rule remembers something from round to round, beside the model.
    var keepsState: Bool { get }

    /// Writes `result` atomically; on an error the file is not there.
    ///
    /// A file that lies there before is written over: its room is used again.
    ///
    /// - Parameters:
    ///   - updates: the accepted updates, ascending by site id, each checked by the gate.
    ///   - globalModel: the model the sites started from.
    ///   - result: the file of the next global model.
    ///   - state: what the rule remembers; nil starts anew and remembers nothing.
    /// - Returns: the digest and the figures of the new model.
    /// - Throws: a `FederationError` that names the site or the tensor.
    func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport
}

extension AggregationStrategy {
    /// Most rules remember nothing.
    package var keepsState: Bool { false }

    /// Aggregates without remembering anything.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL
    ) throws(FederationError) -> AggregationReport {
        try aggregate(updates, onto: globalModel, writing: result, state: nil)
    }
}

extension FedAvg {
    /// Aggregates; the mean remembers nothing.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        try aggregate(updates, onto: globalModel, writing: result)
    }
}
