import DICOM

/// Whose image it is, in the original identifiers; lives only while one file is worked on.
struct PatientIdentity {
    let patientID: String
    let issuer: String

    /// Reads the patient ID and its issuer; without an ID each study is a patient of its own.
    ///
    /// Throws `missingPatientID` if there is neither.
    init(_ dataSet: DataSet) throws(QuarantineReason) {
        if let id = dataSet.string(.patientID).map(Self.cut), !id.isEmpty {
            patientID = id
            issuer = dataSet.string(.issuerOfPatientID).map(Self.cut) ?? ""
            return
        }
        guard let study = dataSet.string(.studyInstanceUID).map(Self.cut), !study.isEmpty else {
            throw QuarantineReason(
                .missingPatientID,
                "\(Tag.patientID) and \(Tag.studyInstanceUID) are missing or empty; no pseudonym"
                    + " can be made"
            )
        }
        patientID = study
        issuer = "study without patient ID"
    }

    private static func cut(_ text: String) -> String {
        String(text.prefix { $0 != "\0" }).trimmingSpaces()
    }
}
