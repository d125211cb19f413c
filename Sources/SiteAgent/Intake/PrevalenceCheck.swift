import Evaluation
import Foundation
import HeadCT
import SiteStore

/// Compares the share of positive exams with that of the cohort frozen last, by an interval: a
/// difference that chance explains is none.
enum PrevalenceCheck {
    private typealias Counts = (successes: Int, trials: Int)

    /// At most one finding: of the exams that are new since, else of all together.
    ///
    /// A new batch that differs would drown in a large cohort, so it is looked at by itself first.
    static func findings(
        _ result: JoinedCohort.Result,
        comparedTo cohort: DataChecks.PreviousCohort?
    ) -> [FindingRow] {
        guard let cohort else { return [] }
        let before: Counts = (cohort.row.positives, cohort.row.labelled)
        let known = Set(cohort.exams.map(\.studyUID))
        let labels = zip(result.exams, result.records).compactMap { row, record in
            record.labels?.values[.any].map { (study: row.studyUID, isPositive: $0) }
        }
        let added = labels.filter { !known.contains($0.study) }
        let groups = [("of the exams that are new", added), ("of the labelled exams", labels)]
        for (name, group) in groups {
            let now: Counts = (group.count { $0.isPositive }, group.count)
            if let detail = detail(name, now, before, version: cohort.row.version) {
                return [
                    FindingRow(
                        kind: DataCheck.prevalenceShift.rawValue,
                        studyUID: nil,
                        detail: detail
                    )
                ]
            }
        }
        return []
    }

    private static func detail(
        _ group: String,
        _ now: Counts,
        _ before: Counts,
        version: Int
    ) -> String? {
        guard let interval = ProportionDifference.newcombe(first: now, second: before),
            interval.low > 0 || interval.high < 0
        else { return nil }
        let shares = [now, before].map { Double($0.successes) / Double($0.trials) }
        return "\(now.successes) of \(now.trials) \(group) are positive, in cohort version"
            + " \(version) \(before.successes) of \(before.trials): "
            + "\(points(shares[0] - shares[1])) points (95 % interval"
            + " \(points(interval.low)) to \(points(interval.high)))"
    }

    private static func points(_ difference: Double) -> String {
        String(format: "%+.1f", difference * 100)
    }
}
