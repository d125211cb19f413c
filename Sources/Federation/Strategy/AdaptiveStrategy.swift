package import Foundation

/// What FedAvgM, FedAdam, FedYogi and FedAdagrad are: the mean update as the gradient of an
/// optimizer at the server, whose moments go on from round to round.
package protocol AdaptiveStrategy: AggregationStrategy {
    /// How the mean becomes a step; its kind is the rule's.
    var optimizer: ServerOptimizer { get }
    /// What never leaves a site.
    var privateTensors: PrivateTensors { get }
}

extension AdaptiveStrategy {
    /// The moments go on from round to round.
    package var keepsState: Bool { true }

    /// Writes the next global model and the moments beside it.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        let mean = LinearRule.mean(files.weights)
        var momentum = try StateChannel(
            "momentum",
            of: state,
            layout: files.layout,
            initial: 0
        )
        var variance = try StateChannel(
            "variance",
            of: optimizer.kind == .momentum ? nil : state,
            layout: files.layout,
            initial: Float(optimizer.initialVariance)
        )
        let report = try files.write(to: result) { block, step throws(FederationError) in
            mean.step(block, into: &step)
            var moments = (
                try momentum.read(count: step.count), try variance.read(count: step.count)
            )
            optimizer.step(&step, momentum: &moments.0, variance: &moments.1)
            try momentum.write(moments.0)
            try variance.write(moments.1)
        }
        try momentum.finish()
        try variance.finish()
        return report
    }
}
