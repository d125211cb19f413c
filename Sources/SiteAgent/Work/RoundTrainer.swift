import Federation
import Foundation
import NeuralNetwork
import SiteStore
import Tensors
import Training
import WireProtocol

/// Trains one round and writes the delta to the outbox before anything is sent.
struct RoundTrainer: Sendable {
    let folder: SiteFolder
    let plan: Plan
    let siteID: String
    let exams: [TrainingExam]
    let report: LocalTrainer.Report

    /// What a round of training left in the outbox.
    struct Outcome: Sendable {
        let delta: URL
        let digest: SHA256Digest
        let bytes: Int
        let examples: Int
        let exams: Int
        let positiveExams: Int
        let meanLoss: Double
        let engine: EngineRecord
        let seconds: Double
    }

    /// Trains from the global model in `model`; blocking, for a compute thread.
    func train(round: RoundNumber, from model: URL) throws -> Outcome {
        let start = ContinuousClock.now
        let initial = try Safetensors.read(from: model)
        let set = try TrainingSet(exams: exams)
        let network = try plan.network()
        let result = try trainer(network).train(
            from: initial,
            on: set,
            seed: plan.seed,
            stream: [siteID, "round", "\(round)"],
            report: report
        )
        let delta = result.parameters - initial
        let bytes = try Safetensors.encode(delta)
        let digest = SHA256Digest(hashing: bytes)
        let url = folder.outbox.appending(path: "\(digest.rawValue).safetensors")
        try Safetensors.write(delta, to: url)
        return Outcome(
            delta: url,
            digest: digest,
            bytes: bytes.count,
            examples: result.examples,
            exams: set.exams.count,
            positiveExams: set.positiveExams,
            meanLoss: result.meanLoss,
            engine: network.record,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
    }

    /// Trains a model on this site's data alone: as many rounds and steps as the federation, from the same start.
    func trainBaseline(from model: URL, rounds: Int) throws -> NamedTensors {
        var parameters = try Safetensors.read(from: model)
        let set = try TrainingSet(exams: exams)
        // Alone there is no federation to stay near to.
        var configuration = plan.trainingConfiguration
        configuration.proximalWeight = 0
        let trainer = LocalTrainer(network: try plan.network(), configuration: configuration)
        for round in 1...rounds {
            parameters = try trainer.train(
                from: parameters,
                on: set,
                seed: plan.seed,
                stream: [siteID, "round", "\(round)"],
                report: { progress in
                    try report(
                        TrainingProgress(
                            step: (round - 1) * progress.steps + progress.step,
                            steps: rounds * progress.steps,
                            meanLoss: progress.meanLoss
                        )
                    )
                }
            ).parameters
        }
        return parameters
    }

    private func trainer(_ network: Network) -> LocalTrainer {
        LocalTrainer(network: network, configuration: plan.trainingConfiguration)
    }
}
