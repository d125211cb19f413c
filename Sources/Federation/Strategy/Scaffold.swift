package import Foundation

/// Averaging with control variates that take the drift of each site out of its local steps.
///
/// Karimireddy et al., "SCAFFOLD: Stochastic Controlled Averaging for Federated Learning", ICML
/// 2020, Algorithm 1 with option II. A site steps by `g − cᵢ + c` and keeps `cᵢ`; the coordinator
/// keeps `c`. With option II the change of `cᵢ` follows from the delta: `Δcᵢ = −c − δᵢ/(Kᵢ η)`, so
/// the coordinator computes it and nothing travels but the delta up and `c` down.
package struct Scaffold: AggregationStrategy {
    /// The quantity of ``StrategyState`` that is `c`.
    package static let controlName = "control"

    /// The server's step size, above 0.
    package let serverLearningRate: Double
    /// The sites' step size η, above 0.
    package let localLearningRate: Double
    /// All sites of the run, whether they took part in the round or not.
    package let totalSites: Int

    private let privateTensors: PrivateTensors

    /// The rule for a run of so many sites.
    package init(
        serverLearningRate: Double,
        localLearningRate: Double,
        totalSites: Int,
        privateTensors: PrivateTensors = .none
    ) {
        precondition(serverLearningRate > 0 && localLearningRate > 0, "step size not above 0")
        self.serverLearningRate = serverLearningRate
        self.localLearningRate = localLearningRate
        self.totalSites = totalSites
        self.privateTensors = privateTensors
    }

    /// The control variate goes on from round to round.
    package var keepsState: Bool { true }

    /// Turns deltas into the step and moves the control variate on, in place.
    package func combine(
        _ block: UpdateBlock,
        steps: [Int],
        into step: inout [Double],
        control: inout [Double]
    ) {
        let count = Double(block.rows)
        let mean = LinearRule(
            factors: steps.map { _ in serverLearningRate },
            divisor: count
        )
        mean.step(block, into: &step)
        let drift = LinearRule(
            factors: steps.map { 1 / (Double($0) * localLearningRate) },
            divisor: Double(totalSites)
        ).step(block)
        let share = count / Double(totalSites)
        for index in control.indices {
            control[index] = control[index] - share * control[index] - drift[index]
        }
    }

    /// A site's control variate after a round of option II, from what it did itself.
    package static func siteControl(
        _ own: [Double],
        server: [Double],
        delta: [Double],
        steps: Int,
        learningRate: Double
    ) -> [Double] {
        own.indices.map {
            own[$0] - server[$0] - delta[$0] / (Double(steps) * learningRate)
        }
    }

    /// Writes the next global model and the control variate beside it.
    package func aggregate(
        _ updates: [WeightedUpdate],
        onto globalModel: URL,
        writing result: URL,
        state: StrategyState?
    ) throws(FederationError) -> AggregationReport {
        let files = try RoundFiles(updates, onto: globalModel, privateTensors: privateTensors)
        guard files.sites.count <= totalSites else {
            throw FederationError(.invalidWeight, "more updates than sites in the run")
        }
        let steps = updates.filter { $0.weight > 0 }.map(\.steps)
        var channel = try StateChannel(
            Self.controlName,
            of: state,
            layout: files.layout,
            initial: 0
        )
        let report = try files.write(to: result) { block, step throws(FederationError) in
            var control = try channel.read(count: step.count)
            combine(block, steps: steps, into: &step, control: &control)
            try channel.write(control)
        }
        try channel.finish()
        return report
    }
}
