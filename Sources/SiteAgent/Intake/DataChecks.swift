import Evaluation
import Foundation
import HeadCT
import SiteStore

/// The checks of the data before training: they warn, a person decides.
enum DataChecks {
    /// The cohort frozen last, to compare with.
    struct PreviousCohort {
        let row: CohortRow
        let exams: [CohortExam]
    }

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
        let gaps = distances.count { $0 > gapFactor * usual }
        // Where many are wide, a part of the head was scanned in thicker slices.
        if gaps > 0, distances.count >= 4 * gaps || gaps == 1 {
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

    /// The checks that look at all exams together; `splits` has the sides given to patients, by split
    /// rule.
    static func across(
        _ result: JoinedCohort.Result,
        comparedTo cohort: PreviousCohort?,
        splits: [String: [String: Bool]]
    ) -> [FindingRow] {
        let twins = TwinPictures(result.files)
        return twins.findings + twins.leaks(in: splits) + unmatched(result.issues)
            + PrevalenceCheck.findings(result, comparedTo: cohort)
    }

    private static func unmatched(_ issues: [JoinIssueRow]) -> [FindingRow] {
        let kinds = Dictionary(
            grouping: issues.filter { $0.place != JoinIssueRow.exam }
        ) { issue -> DataCheck in
            issue.source == "masks" ? .maskUnused : .labelWithoutStudy
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
}
