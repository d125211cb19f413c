/// The ways a site may hold lesion masks.
package enum MaskFormat: String, Sendable, Hashable, Codable, CaseIterable {
    /// DICOM Segmentation objects that refer to the CT's SOP instances.
    case dicomSEG = "dicom-seg"
    /// One NIfTI volume an exam, on the grid of the series.
    case nifti
    /// One PNG a slice, named by its SOP Instance UID.
    case png
}
