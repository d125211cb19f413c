package import DICOM

/// Whose a file is and where it belongs, under the new identifiers only.
package struct KeyedIdentity: Hashable, Sendable {
    /// The pseudonym of the patient.
    package let patient: String
    /// The new Study Instance UID.
    package let studyInstanceUID: String
    /// The new Series Instance UID.
    package let seriesInstanceUID: String
    /// The new SOP Instance UID.
    package let sopInstanceUID: String

    /// The new identifiers that a file of this header gets from a map.
    ///
    /// - Throws: ``QuarantineReason`` `missing-uid` or `missing-patient-id`.
    package init(of header: DataSet, map: IdentifierMap) throws(QuarantineReason) {
        func uid(_ tag: Tag) throws(QuarantineReason) -> String {
            guard let old = header.string(tag), !old.isEmpty else {
                throw QuarantineReason(.missingUID, "\(tag) is missing or empty")
            }
            return map.uid(old)
        }
        studyInstanceUID = try uid(.studyInstanceUID)
        seriesInstanceUID = try uid(.seriesInstanceUID)
        sopInstanceUID = try uid(.sopInstanceUID)
        let person = try PatientIdentity(header)
        patient = map.pseudonym(patientID: person.patientID, issuer: person.issuer)
    }
}
