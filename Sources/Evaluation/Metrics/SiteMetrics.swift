/// What a site sends about one model: aggregates that passed its disclosure policy.
///
/// Built only by `compute`, at the site; nothing in it is a case.
package struct SiteMetrics: Sendable, Hashable, Codable {
    /// The numbers of test exams.
    package let counts: ExamCounts
    /// Exam AUROC with DeLong interval.
    package let auroc: Reported<AUROCEstimate>
    /// Average precision beside the prevalence.
    package let averagePrecision: Reported<AveragePrecisionEstimate>
    /// Rates at the plan's threshold.
    package let operatingPoint: Reported<OperatingPoint>
    /// Detection by volume stratum.
    package let volumeStrata: Reported<[StratumReport]>
    /// Detection by haemorrhage type; an exam may have several.
    package let byType: Reported<[StratumReport]>
    /// Dice against the reference masks.
    package let dice: Reported<DiceSummary>
    /// AUROC of image tiles against the masks.
    package let tiles: Reported<TileSummary>
    /// The rules that were applied.
    package let policy: DisclosurePolicy

    /// What models of a run are compared by, higher is better; nil where it is withheld.
    package var selectionScore: Double? { auroc.value?.estimate }

    /// Computes what may leave; throws `scoreNotFinite` when a score is not a number.
    package static func compute(
        exams: [ExamResult],
        request: MetricsRequest,
        policy: DisclosurePolicy
    ) throws(EvaluationError) -> SiteMetrics {
        guard exams.allSatisfy({ $0.score.isFinite }) else {
            throw EvaluationError(
                .scoreNotFinite,
                "an exam score is not a finite number; the model diverged or was not loaded"
            )
        }
        return SiteMetricsBuilder(exams: exams, request: request, policy: policy).build()
    }
}
