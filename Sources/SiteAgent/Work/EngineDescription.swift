import NeuralNetwork
package import WireProtocol

/// What computes at this site, stated with every contribution.
package enum EngineDescription {
    /// The engine in use; threads are the plan's and filled in with the contribution.
    package static var current: ContributionRequest.Engine {
        ContributionRequest.Engine(
            name: "oneDNN", version: EngineInformation.version,
            isa: EngineInformation.instructionSet, threads: 1)
    }
}
