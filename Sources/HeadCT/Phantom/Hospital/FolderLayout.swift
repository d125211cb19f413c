/// The ways exports lie on disk; real ones put identities into the paths too.
package enum FolderLayout: String, Sendable, Hashable, Codable, CaseIterable {
    /// `FAMILY_GIVEN_19400102/SRS00002/IMG00001.dcm`
    case byPatientName = "by-patient-name"
    /// `0001077860/1.2.3.dcm`: accession number, then the instance UID.
    case byAccession = "by-accession"
    /// `PAT00003/ST000001/SE000002/IM000001`, names without extension as on a CD.
    case media
    /// All files in one folder, named by patient ID and number.
    case flat
}
