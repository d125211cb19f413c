/// A row that gave no label, or an exam that got none, with the reason and without an identifying
/// value.
package struct LabelIssue: Sendable, Hashable, Codable {
    /// Why; raw values are stable and kebab-case.
    package enum Reason: String, Sendable, Hashable, Codable, CaseIterable {
        // Rows.
        case invalidRow = "invalid-row"
        case invalidValue = "invalid-value"
        case invalidIdentifier = "invalid-identifier"
        case missingIdentifier = "missing-identifier"
        case excelDamagedIdentifier = "excel-damaged-identifier"
        case conflictingDuplicate = "conflicting-duplicate"
        case contradictory = "any-absent-but-type-present"
        case unknownContext = "unknown-context"
        case unknownPatientNumber = "unknown-patient-number"
        case noExam = "no-exam"
        case noSlice = "no-slice"
        case ambiguousSlice = "ambiguous-slice"
        case leadingZerosLost = "leading-zeros-lost"
        // Rows and exams.
        case severalExamsForPatient = "several-exams-for-patient"
        case severalExamsForAccession = "several-exams-for-accession"
        // Exams.
        case noRow = "no-row"
        case sliceWithoutRow = "slice-without-row"
        case noUsableValue = "no-usable-value"
    }

    /// Why.
    package let reason: Reason
    /// What kind of identifier the row has; nil where the row is unreadable.
    package let key: LabelKey.Kind?
    /// The file, by its place in the ascending list of file names.
    package let file: Int
    /// The record in the file, the header being 1, as a spreadsheet counts.
    package let row: Int
    /// The column, where one is to blame.
    package let column: String?

    /// Makes an issue.
    package init(
        _ reason: Reason,
        key: LabelKey.Kind?,
        file: Int,
        row: Int,
        column: String? = nil
    ) {
        self.reason = reason
        self.key = key
        self.file = file
        self.row = row
        self.column = column
    }
}
