/// Computes each metric of a site and puts it through the disclosure policy.
struct SiteMetricsBuilder {
    private let exams: [ExamResult]
    private let labelled: [(score: Double, label: Bool, exam: ExamResult)]
    private let request: MetricsRequest
    private let policy: DisclosurePolicy
    private let tables: SiteTables

    init(exams: [ExamResult], request: MetricsRequest, policy: DisclosurePolicy) {
        self.exams = exams
        self.request = request
        self.policy = policy
        labelled = exams.compactMap { exam in exam.label.map { (exam.score, $0, exam) } }
        tables = SiteTables(
            ConfusionMatrix(
                scores: labelled.map(\.score),
                labels: labelled.map(\.label),
                threshold: request.threshold
            ),
            policy: policy
        )
    }

    func build() -> SiteMetrics {
        SiteMetrics(
            counts: counts,
            auroc: gate(.examAUROC, auroc),
            averagePrecision: gate(.examAUROC, averagePrecision),
            operatingPoint: gate(.operatingPoint, .value(operatingPoint)),
            volumeStrata: gate(.volumeStrata, volumeStrata),
            byType: gate(.byType, byType),
            dice: gate(.dice, DiceSummary.report(exams.compactMap(\.overlap), policy: policy)),
            tiles: gate(
                .tileAUROC,
                TileSummary.report(exams.compactMap(\.tiles), policy: policy)
            ),
            policy: policy
        )
    }

    /// The value if plan and site both release the metric.
    private func gate<Value>(
        _ kind: MetricKind,
        _ value: @autoclosure () -> Reported<Value>
    ) -> Reported<Value> {
        guard request.allowed.contains(kind), policy.allowed?.contains(kind) ?? true else {
            return .withheld(.sitePolicy, .notAllowed)
        }
        return value()
    }

    private var counts: ExamCounts {
        let counts = tables.counts
        return ExamCounts(
            exams: gate(.counts, counts.exams),
            positives: gate(.counts, counts.positives),
            negatives: gate(.counts, counts.negatives)
        )
    }

    private var auroc: Reported<AUROCEstimate> {
        if let refusal { return .withheld(refusal) }
        let result = AUROC.delong(scores: labelled.map(\.score), labels: labelled.map(\.label))
        guard let estimate = AUROCEstimate(result, policy: policy) else {
            return .withheld(.noCases)
        }
        return .value(estimate)
    }

    private var averagePrecision: Reported<AveragePrecisionEstimate> {
        if let refusal { return .withheld(refusal) }
        let labels = labelled.map(\.label)
        guard
            let estimate = AveragePrecision.estimate(scores: labelled.map(\.score), labels: labels)
        else { return .withheld(.noCases) }
        let positives = labels.count { $0 }
        let interval = AveragePrecision.logitInterval(estimate, positives: positives).map {
            Interval(low: policy.roundedScore($0.low), high: policy.roundedScore($0.high))
        }
        return .value(
            AveragePrecisionEstimate(
                estimate: policy.roundedScore(estimate),
                interval: interval,
                prevalence: counts.positives.value?.exact.map {
                    policy.roundedRate(Double($0) / Double(labels.count))
                }
            )
        )
    }

    private var refusal: Withheld? {
        policy.discriminationRefusal(
            positives: labelled.count { $0.label },
            negatives: labelled.count { !$0.label }
        )
    }

    private var operatingPoint: OperatingPoint {
        OperatingPoint(
            threshold: request.threshold,
            sensitivity: tables.sensitivity,
            specificity: tables.specificity,
            positivePredictiveValue: tables.positivePredictiveValue,
            negativePredictiveValue: tables.negativePredictiveValue,
            falsePositiveShare: tables.falsePositiveShare
        )
    }

    private var volumeStrata: Reported<[StratumReport]> {
        let strata = request.strata
        var rows = Array(repeating: [0, 0], count: strata.count)
        for (score, label, exam) in labelled where label {
            rows[strata.index(ofML: exam.volumeML)][score >= request.threshold ? 0 : 1] += 1
        }
        let table = tables.strata(rows)
        return .value(
            rows.indices.map { row in
                let bounds = strata.bounds(row)
                return SiteTables.report(
                    table,
                    row: row,
                    label: strata.label(row),
                    from: bounds.from,
                    to: bounds.to
                )
            }
        )
    }

    private var byType: Reported<[StratumReport]> {
        var rows: [String: [Int]] = [:]
        for (score, label, exam) in labelled where label {
            let types = exam.types.isEmpty ? ["type unknown"] : Set(exam.types).sorted()
            for type in types {
                rows[type, default: [0, 0]][score >= request.threshold ? 0 : 1] += 1
            }
        }
        let names = rows.keys.sorted()
        guard !names.isEmpty else { return .withheld(.noCases) }
        let table = tables.strata(names.map { rows[$0, default: [0, 0]] })
        return .value(
            names.enumerated().map { SiteTables.report(table, row: $0.offset, label: $0.element) }
        )
    }
}
