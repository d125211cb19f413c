import CanonicalJSON
import HeadCT
package import SiteStore

/// A cohort in numbers, for the site's own eyes.
package struct CohortFigures: Sendable, Hashable {
    /// Exams.
    package let exams: Int
    /// Patients.
    package let patients: Int
    /// Slices.
    package let slices: Int
    /// Exams of which it is known whether they show haemorrhage.
    package let labelled: Int
    /// Exams that show haemorrhage.
    package let positives: Int
    /// Slices with a mask.
    package let masked: Int

    /// Counts exams and their records, which go in one order.
    init(_ rows: [ExamRow], _ records: [ExamRecord]) {
        exams = rows.count
        patients = Set(rows.map(\.patient)).count
        slices = rows.reduce(0) { $0 + $1.slices }
        let labels = records.compactMap { $0.labels?.values[.any] }
        labelled = labels.count
        positives = labels.count { $0 }
        masked = records.reduce(0) { $0 + $1.slices.count { $0.maskSHA256 != nil } }
    }

    /// Counts exams.
    package init(_ rows: [ExamRow]) throws { self.init(rows, try rows.map(ExamRecord.init(of:))) }
}

extension ExamRecord {
    /// The record of a row.
    package init(of row: ExamRow) throws {
        self = try CanonicalDecoder().decode(ExamRecord.self, from: Array(row.record.utf8))
    }

    /// Whether it is known where haemorrhage is: by masks, or because there is none.
    var hasReference: Bool {
        labels?.values[.any] == false || slices.contains { $0.maskSHA256 != nil }
    }
}
