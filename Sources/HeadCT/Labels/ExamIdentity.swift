package import DICOM

/// An exam under its original identifiers; lives in memory during intake only.
///
/// The instances are the CT images that passed series selection: localizers and dose pages among
/// them would make slice labels look incomplete.
package struct ExamIdentity: Sendable, Hashable {
    /// The original Study Instance UID.
    package let studyInstanceUID: String
    /// The original PatientID (0010,0020), empty where missing.
    package let patientID: String
    /// The original AccessionNumber (0008,0050), empty where missing.
    package let accessionNumber: String
    /// The images.
    package let instances: [InstanceIdentity]

    /// Makes an identity.
    package init(
        studyInstanceUID: String,
        patientID: String,
        accessionNumber: String,
        instances: [InstanceIdentity]
    ) {
        self.studyInstanceUID = studyInstanceUID
        self.patientID = patientID
        self.accessionNumber = accessionNumber
        self.instances = instances
    }

    /// Groups images by study, ascending by Study Instance UID; images without UIDs are left out.
    package static func exams(of headers: some Sequence<DataSet>) -> [ExamIdentity] {
        var byStudy: [String: [DataSet]] = [:]
        for header in headers where header.string(.sopInstanceUID) != nil {
            guard let study = header.string(.studyInstanceUID) else { continue }
            byStudy[study, default: []].append(header)
        }
        return byStudy.sorted { $0.key < $1.key }.map { study, headers in
            ExamIdentity(
                studyInstanceUID: study,
                patientID: headers.lazy.compactMap { $0.string(.patientID) }.first ?? "",
                accessionNumber: headers.lazy.compactMap { $0.string(.accessionNumber) }.first
                    ?? "",
                instances: headers.compactMap(InstanceIdentity.init)
            )
        }
    }
}
