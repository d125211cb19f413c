extension DeidentificationProfile.Option {
    /// What the option does, in words for people who know neither DICOM nor the program.
    package var explanation: String {
        switch self {
        case .basicProfile:
            "Everything that names or may single out a person is removed or replaced, and whatever"
                + " is not known to be harmless is removed as well."
        case .cleanPixelData:
            "Each picture is searched for writing; writing beside the head is blanked, and pictures"
                + " with other writing are held back."
        case .cleanRecognizableVisualFeatures:
            "Face and ears are removed from each scan, as a face could be rendered from them."
        case .cleanGraphics: "Drawings and overlays are kept only without identifying content."
        case .cleanStructuredContent:
            "Structured findings are kept only without identifying content."
        case .cleanDescriptors:
            "Short descriptions are kept word by word, and only words of a fixed list of radiology"
                + " terms; names and numbers go."
        case .retainFullDates: "Dates are kept as they are."
        case .retainModifiedDates:
            "All dates of a patient are moved by the same secret number of days: intervals stay,"
                + " the dates themselves do not."
        case .retainPatientCharacteristics:
            "Age (90 and above as one group), sex, height and weight are kept."
        case .retainDeviceIdentity: "What identifies the scanner is kept."
        case .retainUIDs: "The technical numbers of images and examinations are kept."
        case .retainSafePrivate:
            "A fixed list of harmless technical values of the scanner's maker is kept."
        case .retainInstitutionIdentity: "The name of the institution is kept."
        }
    }
}
