import Durability
package import Evaluation
package import Federation
package import Foundation
import NeuralNetwork
package import SiteStore
package import Tensors
package import Training
package import WireProtocol

/// Trains one round and writes the delta to the outbox before anything is sent.
///
/// Killed at any moment, it goes on from its last checkpoint, to the same bits; the checkpoint stays
/// until the coordinator's answer is recorded.
package struct RoundTrainer: Sendable {
    private let folder: SiteFolder
    private let plan: Plan
    private let siteID: String
    private let exams: [TrainingExam]
    private let cohort: String
    private let run: RunID?
    private let disclosure: DisclosurePolicy
    private let checkpointInterval: Duration
    private let report: LocalTrainer.Report

    /// Trains as a plan says.
    ///
    /// - Parameters:
    ///   - folder: The site's folder.
    ///   - plan: The approved plan.
    ///   - siteID: The site's id, part of the random stream's name.
    ///   - exams: The training exams.
    ///   - cohort: The fingerprint of the cohort they are of: a checkpoint belongs to one.
    ///   - run: The run whose rounds share what compression leaves out; nil where nothing is.
    ///   - disclosure: What the contribution's counts have to keep.
    ///   - checkpointInterval: At most this much work is lost in a crash.
    ///   - report: Told after every step; throwing ends training.
    package init(
        folder: SiteFolder,
        plan: Plan,
        siteID: String,
        exams: [TrainingExam],
        cohort: String,
        run: RunID? = nil,
        disclosure: DisclosurePolicy = .standard,
        checkpointInterval: Duration = .seconds(10),
        report: @escaping LocalTrainer.Report
    ) {
        self.folder = folder
        self.plan = plan
        self.siteID = siteID
        self.exams = exams
        self.cohort = cohort
        self.run = run
        self.disclosure = disclosure
        self.checkpointInterval = checkpointInterval
        self.report = report
    }

    /// What a round of training left in the outbox.
    package struct Outcome: Sendable {
        /// The file.
        package let delta: URL
        /// The message that sends it.
        package let contribution: ContributionRequest
        /// The digests of the weights that the next round begins with; they stay here.
        package var states: [TrainingStateRow.Kind: SHA256Digest] = [:]
    }

    /// Trains from the global model in `model`; blocking, for a compute thread.
    ///
    /// - Parameters:
    ///   - round: The round.
    ///   - model: The file of the global model.
    ///   - state: What the site has beside it.
    ///   - score: The site's score of the model, which goes with the update.
    /// - Returns: What lies in the outbox, and what the next round begins with.
    /// - Throws: ``TrainingError``; ``TensorError`` of a model or of weights that do not fit; what the
    ///   report throws.
    package func train(
        round: RoundNumber,
        from model: URL,
        with state: LocalState = LocalState(),
        score: Double? = nil
    ) throws -> Outcome {
        let start = ContinuousClock.now
        let global = try Safetensors.read(from: model)
        let initial = try state.privateTensors.map(global.replacing) ?? global
        let controls = try controlVariates(state, of: initial)
        let correction = try controls?.correction(of: initial)
        let set = try TrainingSet(exams: exams)
        let network = try plan.network()
        let checkpoint = CheckpointFile(
            folder.checkpoint,
            identity: try identity("round \(round)", from: initial, correction),
            interval: checkpointInterval
        )
        let result = try trainer(network).train(
            from: initial,
            on: set,
            seed: plan.seed,
            stream: [siteID, "round", "\(round)"],
            correction: correction,
            checkpoints: checkpoint,
            report: report
        )
        let delta = (result.parameters - initial).filter(isShared)
        let states = try keep(result, delta, controls)
        let residuals = run.map { ResidualFiles(folder, $0) }
        let update = try UpdateEncoder(plan.updateCompression).encode(
            delta,
            residual: plan.updateCompression == nil ? nil : residuals?.before(round)
        )
        if let residual = update.residual {
            try residuals?.keep(residual, after: round)
            CrashPoint.residualKept.pass()
        }
        let bytes = update.bytes
        let digest = SHA256Digest(hashing: bytes)
        let url = folder.delta(digest)
        try DurableFile.write(bytes, to: url)
        CrashPoint.deltaWritten.pass()
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return Outcome(
            delta: url,
            contribution: ContributionRequest(
                deltaSHA256: digest,
                bytes: bytes.count,
                examples: result.examples,
                meanLoss: result.meanLoss,
                exams: set.exams.count,
                positiveExams: disclosure.released(
                    positives: set.positiveExams,
                    of: set.exams.count
                ),
                trainSeconds: seconds,
                engine: Self.engine(network),
                score: score
            ),
            states: states
        )
    }

    private func isShared(_ name: String) -> Bool { !plan.privateTensors.contains(name) }

    private func controlVariates(
        _ state: LocalState,
        of initial: NamedTensors
    ) throws -> ControlVariates? {
        guard plan.hasControlVariates else { return nil }
        return try ControlVariates(
            federation: state.federationControl,
            own: state.control,
            shared: initial.filter(isShared)
        )
    }

    /// Writes what the next round begins with.
    private func keep(
        _ result: TrainingResult,
        _ delta: NamedTensors,
        _ controls: ControlVariates?
    ) throws -> [TrainingStateRow.Kind: SHA256Digest] {
        var states: [TrainingStateRow.Kind: NamedTensors] = [:]
        if plan.aggregation.privateTensors != nil {
            states[.private] = result.parameters.filter(plan.privateTensors.contains)
        }
        states[.control] = controls?.next(
            delta: delta,
            steps: plan.localTraining.steps(examples: result.examples),
            learningRate: plan.localTraining.learningRate
        )
        guard !states.isEmpty else { return [:] }
        try FileManager.default.createDirectory(
            at: folder.trainingState,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        return try states.mapValues { weights in
            let digest = SHA256Digest(hashing: try Safetensors.encode(weights))
            try Safetensors.write(weights, to: folder.trainingState(digest))
            return digest
        }
    }

    /// Trains a model on this site's data alone: as many rounds and steps as the federation, from
    /// the same start.
    package func trainBaseline(rounds: Int) throws -> NamedTensors {
        var parameters = try plan.modelDescription().initialParameters(seed: plan.seed)
        let set = try TrainingSet(exams: exams)
        // Alone there is no federation to stay near to.
        var configuration = plan.trainingConfiguration
        configuration.proximalWeight = 0
        let trainer = LocalTrainer(network: try plan.network(), configuration: configuration)
        let progress = BaselineProgress(
            folder.baselineProgress,
            identity: try identity("baseline", from: parameters)
        )
        var done = 0
        if let kept = progress.latest(), kept.round <= rounds {
            (done, parameters) = (kept.round, kept.parameters)
        }
        while done < rounds {
            let round = done + 1
            let checkpoint = CheckpointFile(
                folder.checkpoint,
                identity: try identity("baseline \(round)", from: parameters),
                interval: checkpointInterval
            )
            parameters = try trainer.train(
                from: parameters,
                on: set,
                seed: plan.seed,
                stream: [siteID, "round", "\(round)"],
                checkpoints: checkpoint,
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
            done = round
            try progress.keep(parameters, round: round)
        }
        try? FileManager.default.removeItem(at: folder.checkpoint)
        return parameters
    }

    private func trainer(_ network: Network) -> LocalTrainer {
        LocalTrainer(network: network, configuration: plan.trainingConfiguration)
    }

    /// All that the bits of a piece of training depend on.
    private func identity(
        _ piece: String,
        from initial: NamedTensors,
        _ correction: NamedTensors? = nil
    ) throws -> String {
        let parts = try [initial, correction].compactMap {
            try $0.map { try Safetensors.encode($0) }
        }
        let start = parts.map { SHA256Digest(hashing: $0).rawValue }.joined(separator: " ")
        return "\(siteID) \(piece) \(plan.sha256) \(start) \(cohort) \(SoftwareVersion.current)"
    }

    private static func engine(_ network: Network) -> ContributionRequest.Engine {
        ContributionRequest.Engine(
            name: "oneDNN",
            version: network.record.oneDNNVersion,
            isa: network.record.instructionSet.rawValue,
            threads: network.record.threads
        )
    }
}
