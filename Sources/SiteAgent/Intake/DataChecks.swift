import Evaluation
import Foundation
import HeadCT
import SiteStore

/// The checks of the data before training: they warn, a person decides.
enum DataChecks {
    /// The checks of one volume.
    static func of(_ volume: CTVolume) -> [(check: DataCheck, detail: String)] {
        [spacing(volume), values(volume)].compactMap { $0 }
    }

    /// A gap of half a slice more than usual has lost one.
    private static let gapFactor = 1.5

    private static func spacing(_ volume: CTVolume) -> (DataCheck, String)? {
        let distances = volume.sliceDistancesMM.sorted()
        guard distances.count >= 2, !volume.isEvenlySpaced else { return nil }
        let (least, most) = (distances[0], distances[distances.count - 1])
        let usual = distances[distances.count / 2]
        if most > gapFactor * usual {
            let gaps = distances.count { $0 > gapFactor * usual }
            return (
                .missingSlices,
                "\(gaps) gap(s) up to \(millimetres(most)), usual \(millimetres(usual))"
            )
        }
        return (.unevenSpacing, "\(millimetres(least)) to \(millimetres(most))")
    }

    /// Air around the head and bone in it: where either is missing, slope or intercept are wrong,
    /// or the picture is windowed.
    private static func values(_ volume: CTVolume) -> (DataCheck, String)? {
        var least = Int16.max
        var most = Int16.min
        for slice in volume.slices {
            for value in slice.hounsfield {
                least = min(least, value)
                most = max(most, value)
            }
        }
        if least > -500 { return (.hounsfieldRange, "no air: lowest value \(least) HU") }
        if most < 300 { return (.hounsfieldRange, "no bone: highest value \(most) HU") }
        return nil
    }

    private static func millimetres(_ value: Double) -> String { String(format: "%.2f mm", value) }

    /// The checks that look at all exams together.
    static func across(_ result: JoinedCohort.Result, comparedTo cohort: CohortRow?) -> [FindingRow]
    {
        duplicates(result.files) + unmatched(result.issues)
            + (prevalence(CohortFigures(result.exams, result.records), cohort).map { [$0] } ?? [])
    }

    private static func duplicates(_ files: [FileRow]) -> [FindingRow] {
        let slices = files.filter { $0.state == .cohort && $0.pixelSHA256 != nil }
        let twins = Dictionary(grouping: slices) { $0.pixelSHA256 ?? "" }.values
            .filter { Set($0.compactMap(\.patient)).count > 1 }
        let shared = twins.reduce(into: [String: Int]()) { counts, slices in
            for study in Set(slices.compactMap(\.studyUID)) { counts[study, default: 0] += 1 }
        }
        return shared.sorted { $0.key < $1.key }.map { study, count in
            FindingRow(
                kind: DataCheck.duplicatePatient.rawValue,
                studyUID: study,
                detail: "\(count) slice(s) are the same picture as another patient's"
            )
        }
    }

    private static func unmatched(_ issues: [JoinIssueRow]) -> [FindingRow] {
        let kinds = Dictionary(grouping: issues) { issue -> DataCheck in
            if issue.source == "masks" { return .maskUnused }
            return issue.place == JoinIssueRow.exam ? .studyWithoutLabel : .labelWithoutStudy
        }
        return kinds.sorted { $0.key.rawValue < $1.key.rawValue }.map { kind, issues in
            let reasons = Dictionary(grouping: issues, by: \.reason)
                .sorted { $0.key < $1.key }.map { "\($0.value.count) \($0.key)" }
            return FindingRow(
                kind: kind.rawValue,
                studyUID: nil,
                detail: reasons.joined(separator: ", ")
            )
        }
    }

    /// Compared by the Wilson interval: a share outside it is no chance of drawing exams.
    private static func prevalence(_ now: CohortFigures, _ before: CohortRow?) -> FindingRow? {
        guard let before, before.labelled > 0, now.labelled > 0,
            let interval = ProportionInterval.wilson(
                successes: now.positives,
                trials: now.labelled,
                level: 0.95
            )
        else { return nil }
        let share = Double(before.positives) / Double(before.labelled)
        guard share < interval.low || share > interval.high else { return nil }
        return FindingRow(
            kind: DataCheck.prevalenceShift.rawValue,
            studyUID: nil,
            detail: "\(now.positives) of \(now.labelled) labelled exams are positive, in cohort"
                + " version \(before.version) \(before.positives) of \(before.labelled)"
        )
    }
}
