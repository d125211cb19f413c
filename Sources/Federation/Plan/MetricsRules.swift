/// What may leave a site besides weights, and how it is computed (`metrics` of the plan).
package struct MetricsRules: Sendable, Hashable, Codable {
    /// A kind of suppressed aggregate; what is not named here stays at the site.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// Mean training loss of a round.
        case trainingLoss
        /// Numbers of exams and positives, rounded as the site's disclosure policy says.
        case counts
        /// Exam AUROC with DeLong interval.
        case examAUROC
        /// Sensitivity and specificity at the plan's threshold with Wilson intervals.
        case operatingPoint
        /// Exam sensitivity by haemorrhage type.
        case byType
        /// Sensitivity by volume stratum.
        case volumeStrata
        /// Median and quartiles of Dice.
        case dice
        /// AUROC of image tiles against the masks.
        case tileAUROC
    }

    /// What may leave.
    package var allowed: [Kind]
    /// Positive if the exam score is at least this, 0 to 1.
    package var threshold: Double
    /// The inner edges of the volume strata in mL, ascending.
    package var volumeStrataML: [Double]
    /// How slice scores become an exam score.
    package var scorePooling: ScorePooling

    init(reading reader: inout SectionReader) {
        allowed = reader.choices("allowed", count: 1...Kind.allCases.count)
        threshold = reader.number("threshold", in: 0...1)
        volumeStrataML = reader.numbers("volumeStrataML", count: 0...20, in: 0.001...2000)
        scorePooling = reader.optionalSection("scorePooling", ScorePooling.init(reading:))
        let ascending = zip(volumeStrataML, volumeStrataML.dropFirst()).allSatisfy { $0 < $1 }
        if !ascending {
            reader.report(.inconsistent, "volumeStrataML", "must ascend without repetition")
        }
    }
}
