import CanonicalJSON
import Evaluation
import Federation
import WireProtocol

/// Which members of a metrics report may leave under a plan (`metrics.allowed`) and a site's policy.
///
/// A report is read as the type that disclosure control builds and must be exactly that: a member
/// that the type does not have, or a value of a kind that the plan does not name, is refused.
struct MetricsAllowList {
    private let asked: Set<MetricKind>
    private let policy: SitePolicy

    init(_ plan: Plan, _ policy: SitePolicy) {
        asked = Set(plan.metrics.allowed.compactMap { MetricKind(rawValue: $0.rawValue) })
        self.policy = policy
    }

    /// Why the body may not leave, as a code; nil if it may.
    func refusal(_ body: [UInt8]) -> String? {
        guard let report = try? WireCodec.decode(MetricsReport.self, from: body),
            let comparison = try? CanonicalDecoder().decode(
                SiteComparison.self,
                from: report.metrics.canonicalBytes
            ), let again = try? CanonicalEncoder().jsonValue(of: comparison),
            again.canonicalBytes == report.metrics.canonicalBytes,
            let whole = try? WireCodec.encode(report), whole == body
        else { return "metrics-not-known" }
        let given = Set(policy.metrics.compactMap { MetricKind(rawValue: $0.rawValue) })
        let kinds =
            (comparison.difference.value == nil ? [] : [.examAUROC])
            + comparison.models.flatMap(Self.kinds)
        if let kind = kinds.first(where: { !asked.contains($0) }) {
            return "metric-not-allowed/\(kind.rawValue)"
        }
        if kinds.contains(where: { !given.contains($0) }) { return "policy/metrics" }
        return comparison.releasedCounts.contains(where: policy.isSmall)
            ? "policy/minimumCell" : nil
    }

    /// Whether the score of a round's model may go with a contribution.
    static func mayScore(_ plan: Plan) -> Bool {
        (plan.selection?.needsScores ?? false) && plan.metrics.allowed.contains(.examAUROC)
    }

    private static func kinds(in metrics: SiteMetrics) -> [MetricKind] {
        let counts = [metrics.counts.exams, metrics.counts.positives, metrics.counts.negatives]
        let present: [(MetricKind, Bool)] = [
            (.counts, counts.contains { $0.value != nil }),
            (.examAUROC, metrics.auroc.value != nil || metrics.averagePrecision.value != nil),
            (.operatingPoint, metrics.operatingPoint.value != nil),
            (.volumeStrata, metrics.volumeStrata.value != nil),
            (.byType, metrics.byType.value != nil), (.dice, metrics.dice.value != nil),
            (.tileAUROC, metrics.tiles.value != nil),
        ]
        return present.filter(\.1).map(\.0)
    }
}
