package import DICOM

/// One image of an exam under its original identifiers; lives in memory during intake only.
package struct InstanceIdentity: Sendable, Hashable {
    /// The original SOP Instance UID.
    package let sopInstanceUID: String
    /// InstanceNumber (0020,0013).
    package let instanceNumber: Int?
    /// Where the image lies, needed to match NIfTI masks; nil where the header does not say.
    package let plane: SlicePlane?

    /// Makes an identity.
    package init(sopInstanceUID: String, instanceNumber: Int?, plane: SlicePlane? = nil) {
        self.sopInstanceUID = sopInstanceUID
        self.instanceNumber = instanceNumber
        self.plane = plane
    }
}

extension InstanceIdentity {
    /// Reads the identity of an image; nil without a SOP Instance UID.
    package init?(_ header: DataSet) {
        guard let uid = header.string(.sopInstanceUID) else { return nil }
        self.init(
            sopInstanceUID: uid,
            instanceNumber: header.int(.instanceNumber),
            plane: try? SlicePlane(header)
        )
    }
}
