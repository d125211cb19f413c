package import Federation

/// A site's delta for one round, already uploaded, with its weight (Protocol.md section 5.7).
package struct ContributionRequest: Sendable, Hashable, Codable {
    /// What computed the delta; sites with other engines do not agree bit for bit.
    package struct Engine: Sendable, Hashable, Codable {
        /// Such as `oneDNN`.
        package let name: String
        /// Its version.
        package let version: String
        /// The instruction set in use.
        package let isa: String
        /// The number of worker threads.
        package let threads: Int

        /// Describes an engine.
        package init(name: String, version: String, isa: String, threads: Int) {
            self.name = name
            self.version = version
            self.isa = isa
            self.threads = threads
        }
    }

    /// The uploaded delta.
    package let deltaSHA256: SHA256Digest
    /// Its size.
    package let bytes: Int
    /// The FedAvg weight: training slices, at least 1.
    package let examples: Int
    /// The mean training loss over the round's steps.
    package let meanLoss: Double
    /// Training exams.
    package let exams: Int
    /// Those with haemorrhage; nil where the site's policy does not say.
    package let positiveExams: Int?
    /// Wall time of local training.
    package let trainSeconds: Double
    /// What computed it.
    package let engine: Engine
    /// The exam AUROC of the received model on held-back exams, 0 to 1, after disclosure control; nil
    /// where the plan does not ask for it or the site withholds it.
    package let score: Double?

    /// Makes a request.
    package init(
        deltaSHA256: SHA256Digest,
        bytes: Int,
        examples: Int,
        meanLoss: Double,
        exams: Int,
        positiveExams: Int?,
        trainSeconds: Double,
        engine: Engine,
        score: Double? = nil
    ) {
        self.score = score
        self.deltaSHA256 = deltaSHA256
        self.bytes = bytes
        self.examples = examples
        self.meanLoss = meanLoss
        self.exams = exams
        self.positiveExams = positiveExams
        self.trainSeconds = trainSeconds
        self.engine = engine
    }
}
