/// Labels found for exams, by original identifiers, and everything that did not match.
///
/// Made before identifiers are replaced; the caller stores the labels under new ones and forgets
/// this value.
package struct LabelJoin: Sendable, Hashable {
    /// An exam that got no label, or an incomplete one.
    package struct UnlabelledExam: Sendable, Hashable {
        /// The original Study Instance UID.
        package let studyInstanceUID: String
        /// Why.
        package let reason: LabelIssue.Reason
    }

    /// Labels by original Study Instance UID.
    package internal(set) var exams: [String: ExamLabels] = [:]
    /// Labels by original SOP Instance UID.
    package internal(set) var slices: [String: SliceLabels] = [:]
    /// Rows that no exam or slice took, with those the reader refused; in the order of files and
    /// rows.
    package internal(set) var unmatchedRows: [LabelIssue] = []
    /// Exams for which it stays unknown whether there is haemorrhage, in the order given.
    package internal(set) var unlabelledExams: [UnlabelledExam] = []

    /// The number of unmatched rows by reason.
    package var unmatchedRowCounts: [LabelIssue.Reason: Int] {
        unmatchedRows.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 }
    }

    /// The number of unlabelled exams by reason.
    package var unlabelledExamCounts: [LabelIssue.Reason: Int] {
        unlabelledExams.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 }
    }
}

extension LabelTable {
    /// Finds the labels of exams by their original identifiers.
    package func join(with exams: [ExamIdentity]) -> LabelJoin {
        var joining = LabelJoining(exams: exams)
        for entry in entries { joining.take(entry) }
        return joining.finish(rowIssues: issues)
    }
}
