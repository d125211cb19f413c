extension Withheld {
    /// One word for a narrow column.
    package var shortText: String {
        switch state {
        case .smallCell: "few"
        case .noCases: "none"
        case .siteDidNotAnswer: "no answer"
        case .protectsAnotherCell, .sitePolicy, .notEstimable: "withheld"
        }
    }
}
