/// The label files a site may already hold (evaluation.md sections 1.3, 1.4 and 5).
package enum LabelFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// RSNA 2019: `ID,Label`, six rows an image, `<SOPInstanceUID>_<type>`.
    case rsna2019 = "rsna-2019"
    /// CQ500 `reads.csv`: three readers an exam, by patient.
    case cq500Reads = "cq500-reads"
    /// CT-ICH: one row a slice by patient number and slice number, and a table of patients.
    case ctICH = "ct-ich"
    /// One row an exam by StudyInstanceUID.
    case plainCSV = "plain-csv"
    /// One row an exam by AccessionNumber, derived from reports.
    case reportCSV = "report-csv"
}
