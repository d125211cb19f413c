/// What is looked at before training; raw values are stable and kebab-case.
package enum DataCheck: String, Sendable, CaseIterable {
    /// A gap between slices much wider than the others.
    case missingSlices = "missing-slices"
    /// Distances between slices differ.
    case unevenSpacing = "uneven-spacing"
    /// Slices of one series differ in size, direction or pixel spacing.
    case mixedGeometry = "mixed-geometry"
    /// The values are no Hounsfield units of a head.
    case hounsfieldRange = "hounsfield-range"
    /// The same picture under two patients.
    case duplicatePatient = "duplicate-patient"
    /// The same picture among the exams trained on and those tested on.
    case splitLeakage = "split-leakage"
    /// The images do not name their patient, so that the split cannot keep a patient together.
    case unnamedPatient = "unnamed-patient"
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

    /// What was found, as a title.
    package var title: String {
        switch self {
        case .missingSlices: "slices are missing"
        case .unevenSpacing: "slices are unevenly spaced"
        case .mixedGeometry: "slices of several geometries in one series"
        case .hounsfieldRange: "values are no Hounsfield units of a head"
        case .duplicatePatient: "the same images under two patients"
        case .splitLeakage: "the same images in training and in the test"
        case .unnamedPatient: "images without a patient ID"
        case .labelWithoutStudy: "labels without a study"
        case .studyWithoutLabel: "studies without a label"
        case .maskUnused: "masks that fit nothing"
        case .labelContradiction: "labels and masks disagree"
        case .prevalenceShift: "the share of positive exams has moved"
        }
    }

    /// What a person should do about it.
    package var advice: String {
        switch self {
        case .missingSlices:
            "export the series again from the PACS; volumes of lesions in the gap are too small"
        case .unevenSpacing:
            "usual where the base of the skull is scanned thinner; else export the series again"
        case .mixedGeometry:
            "only the largest group is used; see whether the PACS put two series under one UID"
        case .hounsfieldRange:
            "look at the exam: rescale slope or intercept are wrong, or the images are windowed"
        case .duplicatePatient:
            "find out which patient it is, and `fedagent cohort withdraw` the other"
        case .splitLeakage:
            "withdraw one of the two patients before the next round: the test is not independent"
        case .unnamedPatient:
            "export with Patient ID: two exams of one person may be on both sides of the split"
        case .labelWithoutStudy:
            "export the missing exams, or correct the identifiers in the label file"
        case .studyWithoutLabel:
            "add a row to the label file; without one the exam is not trained on or scored"
        case .maskUnused: "compare the masks' names and sizes with the exams"
        case .labelContradiction: "let a radiologist look at the exam, and correct label or mask"
        case .prevalenceShift:
            "see whether the new exams were chosen in another way, or labelled by other rules"
        }
    }
}
