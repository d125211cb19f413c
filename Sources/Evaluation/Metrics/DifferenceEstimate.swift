/// The difference of two models on the same exams of one site (paired DeLong).
package struct DifferenceEstimate: Sendable, Hashable, Codable {
    /// Federated AUROC minus local-only AUROC.
    package let estimate: Double
    /// The standard error; nil when not estimable.
    package let standardError: Double?
    /// The 95 % interval, or why there is none.
    package let interval: Reported<Interval>
    /// The two-sided p-value; nil when not estimable.
    package let pValue: Double?
    /// The smallest difference this site would show with 80 % power.
    package let smallestDetectable: Double?

    /// Compares two models; throws unless both lists hold the same exams in the same order.
    package static func compute(
        federated: [ExamResult],
        localOnly: [ExamResult],
        request: MetricsRequest,
        policy: DisclosurePolicy
    ) throws(EvaluationError) -> Reported<DifferenceEstimate> {
        guard federated.map(\.label) == localOnly.map(\.label) else {
            throw EvaluationError(
                .differentCases,
                "both models must score the same exams in the same order"
            )
        }
        guard (federated + localOnly).allSatisfy({ $0.score.isFinite }) else {
            throw EvaluationError(
                .scoreNotFinite,
                "an exam score is not a finite number; the model diverged"
            )
        }
        guard request.allowed.contains(.examAUROC), policy.allowed?.contains(.examAUROC) ?? true
        else { return .withheld(.sitePolicy, .notAllowed) }
        let pairs = zip(federated, localOnly).compactMap { a, b in
            a.label.map { (first: a.score, second: b.score, label: $0) }
        }
        let labels = pairs.map(\.label)
        if let refusal = policy.discriminationRefusal(
            positives: labels.count { $0 },
            negatives: labels.count { !$0 }
        ) {
            return .withheld(refusal)
        }
        let paired = PairedAUROC(
            first: pairs.map(\.first),
            second: pairs.map(\.second),
            labels: labels
        )
        guard let difference = paired.difference else { return .withheld(.noCases) }
        return .value(DifferenceEstimate(paired, difference, policy))
    }

    private init(_ paired: PairedAUROC, _ difference: Double, _ policy: DisclosurePolicy) {
        estimate = policy.roundedScore(difference)
        standardError = paired.standardError.map { policy.roundedScore($0 * 100) / 100 }
        pValue = paired.pValue.map(policy.roundedScore)
        smallestDetectable = paired.smallestDetectable.map(policy.roundedScore)
        interval =
            if let interval = paired.interval() {
                .value(
                    Interval(
                        low: policy.roundedScore(interval.low),
                        high: policy.roundedScore(interval.high)
                    )
                )
            } else {
                .withheld(
                    .notEstimable,
                    paired.standardError == nil ? .tooFewForVariance : .zeroVariance
                )
            }
    }
}
