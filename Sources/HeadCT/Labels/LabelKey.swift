/// The original identifier a row of a label table is about; lives in memory during intake only.
package enum LabelKey: Sendable, Hashable {
    case studyInstanceUID(String)
    case sopInstanceUID(String)
    case patientID(String)
    case accessionNumber(String)
    /// A slice by its patient and InstanceNumber.
    case patientSlice(patientID: String, instanceNumber: Int)

    /// The kind without the value, safe to report.
    package var kind: Kind {
        switch self {
        case .studyInstanceUID: .studyInstanceUID
        case .sopInstanceUID: .sopInstanceUID
        case .patientID: .patientID
        case .accessionNumber: .accessionNumber
        case .patientSlice: .patientSlice
        }
    }

    /// The kind of a key.
    package enum Kind: String, Sendable, Hashable, Codable {
        case studyInstanceUID = "study-instance-uid"
        case sopInstanceUID = "sop-instance-uid"
        case patientID = "patient-id"
        case accessionNumber = "accession-number"
        case patientSlice = "patient-slice"
    }
}
