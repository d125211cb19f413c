package import Federation

/// What a coordinator asks of a site (Protocol.md section 5.4); data only, nothing to execute.
package enum Work: Sendable, Hashable {
    /// Look at a plan and answer it.
    case reviewPlan(SHA256Digest)
    /// Train on the global model and contribute a delta.
    case train(Training)
    /// Score the final model on the local test split.
    case score(Scoring)
    /// The run is over and this site owes nothing for it.
    case runEnded(RunID, outcome: String)

    /// A round's assignment.
    package struct Training: Sendable, Hashable, Codable {
        /// The run.
        package let runID: RunID
        /// The round.
        package let round: RoundNumber
        /// What the site approved.
        package let planSHA256: SHA256Digest
        /// The global model to start from.
        package let modelSHA256: SHA256Digest
        /// Its size.
        package let modelBytes: Int
        /// What is left until the round's deadline.
        package let remainingSeconds: Int
        /// The federation's control variate; nil before the second round and of plans without one.
        package let controlSHA256: SHA256Digest?
        /// Its size.
        package let controlBytes: Int?

        /// Makes an assignment.
        package init(
            runID: RunID,
            round: RoundNumber,
            planSHA256: SHA256Digest,
            modelSHA256: SHA256Digest,
            modelBytes: Int,
            remainingSeconds: Int,
            controlSHA256: SHA256Digest? = nil,
            controlBytes: Int? = nil
        ) {
            self.controlSHA256 = controlSHA256
            self.controlBytes = controlBytes
            self.runID = runID
            self.round = round
            self.planSHA256 = planSHA256
            self.modelSHA256 = modelSHA256
            self.modelBytes = modelBytes
            self.remainingSeconds = remainingSeconds
        }
    }

    /// The final assignment.
    package struct Scoring: Sendable, Hashable, Codable {
        /// The run.
        package let runID: RunID
        /// What the site approved.
        package let planSHA256: SHA256Digest
        /// The final model.
        package let modelSHA256: SHA256Digest
        /// Its size.
        package let modelBytes: Int
        /// What is left until scores are no longer waited for.
        package let remainingSeconds: Int

        /// Makes an assignment.
        package init(
            runID: RunID,
            planSHA256: SHA256Digest,
            modelSHA256: SHA256Digest,
            modelBytes: Int,
            remainingSeconds: Int
        ) {
            self.runID = runID
            self.planSHA256 = planSHA256
            self.modelSHA256 = modelSHA256
            self.modelBytes = modelBytes
            self.remainingSeconds = remainingSeconds
        }
    }
}
