import DICOM

/// The tag of DICOM, not the one of Swift Testing.
typealias Tag = DICOM.Tag
