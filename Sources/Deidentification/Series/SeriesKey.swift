package import DICOM

/// The series a file belongs to, in the original identifiers; lives only in memory.
package struct SeriesKey: Hashable, Sendable, Comparable {
    /// The study's identifier.
    package let study: String
    private let patient: String
    private let series: String

    /// Reads the identifiers of a header; what is missing counts as empty.
    package init(_ header: DataSet) {
        func text(_ tag: Tag) -> String { header.string(tag) ?? "" }
        patient = text(.issuerOfPatientID) + "\n" + text(.patientID)
        study = text(.studyInstanceUID)
        series = text(.seriesInstanceUID)
    }

    /// All identifiers in one text, to be digested under a key.
    package var text: String { [patient, study, series].joined(separator: "\n") }

    package static func < (left: SeriesKey, right: SeriesKey) -> Bool {
        (left.patient, left.study, left.series) < (right.patient, right.study, right.series)
    }
}
