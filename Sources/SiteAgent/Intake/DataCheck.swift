/// What is looked at before training; raw values are stable and kebab-case.
enum DataCheck: String, Sendable, CaseIterable {
    /// A gap between slices much wider than the others.
    case missingSlices = "missing-slices"
    /// Distances between slices differ.
    case unevenSpacing = "uneven-spacing"
    /// The values are no Hounsfield units of a head.
    case hounsfieldRange = "hounsfield-range"
    /// The same picture under two patients.
    case duplicatePatient = "duplicate-patient"
    /// Label rows whose exam is not in the folder.
    case labelWithoutStudy = "label-without-study"
    /// Exams without a usable label.
    case studyWithoutLabel = "study-without-label"
    /// Masks that fit no exam or slice.
    case maskUnused = "mask-unused"
    /// Labels and masks of an exam disagree.
    case labelContradiction = "label-contradiction"
    /// The share of positive exams is another one than in the cohort version before.
    case prevalenceShift = "prevalence-shift"

    /// Whether it follows from the pixels and positions of one exam alone.
    var isOfGeometry: Bool {
        [.missingSlices, .unevenSpacing, .hounsfieldRange].contains(self)
    }
}
