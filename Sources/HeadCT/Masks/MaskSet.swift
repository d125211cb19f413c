/// Masks found for one or more exams, by original SOP Instance UID, and what could not be used.
///
/// An empty mask says that the slice was looked at and has no haemorrhage; a slice that is missing
/// is unknown.
package struct MaskSet: Sendable, Hashable {
    /// Masks by original SOP Instance UID.
    package var masks: [String: MaskImage] = [:]
    /// What could not be used, in the order of the files.
    package var issues: [MaskIssue] = []

    /// An empty set.
    package init() {}

    /// Reads the masks of all exams at once; for large sites use ``MaskCatalogue`` exam by exam.
    ///
    /// - Parameters:
    ///   - format: The format.
    ///   - files: The files, in a fixed order.
    ///   - exams: The exams, with the planes of their images for NIfTI.
    ///   - patientIDs: PatientID by the patient number that names NIfTI files
    ///     (``LabelTable/patientIDs``).
    /// - Returns: The masks of all exams and everything that could not be used.
    package static func read(
        format: MaskFormat,
        files: [MaskFile],
        exams: [ExamIdentity],
        patientIDs: [String: String] = [:]
    ) -> MaskSet {
        let catalogue = MaskCatalogue(
            format: format,
            files: files,
            exams: exams,
            patientIDs: patientIDs
        )
        var result = MaskSet()
        for index in exams.indices {
            let set = catalogue.masks(ofExam: index)
            result.masks.merge(set.masks) { first, _ in first }
            result.issues += set.issues
        }
        result.issues += catalogue.unmatched
        result.issues.sort { ($0.file, $0.part ?? -1) < ($1.file, $1.part ?? -1) }
        return result
    }
}
