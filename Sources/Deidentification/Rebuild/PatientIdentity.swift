import DICOM

/// Whose image it is, in the original identifiers; lives only while one file is worked on.
struct PatientIdentity {
    let patientID: String
    let issuer: String

    /// Reads the patient ID and its issuer; throws `missingPatientID` if there is no ID.
    init(_ dataSet: DataSet) throws(QuarantineReason) {
        guard let id = dataSet.string(.patientID).map(Self.cut), !id.isEmpty else {
            throw QuarantineReason(
                .missingPatientID,
                "\(Tag.patientID) is missing or empty; no pseudonym can be made"
            )
        }
        patientID = id
        issuer = dataSet.string(.issuerOfPatientID).map(Self.cut) ?? ""
    }

    private static func cut(_ text: String) -> String {
        String(text.prefix { $0 != "\0" }).trimmingSpaces()
    }
}
