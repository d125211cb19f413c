extension DisclosurePolicy {
    /// Why an AUROC of these class sizes may not leave or cannot be computed; nil when it may.
    ///
    /// An empty class is named only where zeros are shown; else it reads like a small one.
    package func discriminationRefusal(positives: Int, negatives: Int) -> Withheld? {
        if showsZero {
            if positives + negatives == 0 { return Withheld(.noCases) }
            // The other class is unknown to a reader who only sees "small"; say the empty one.
            if positives == 0 { return Withheld(.notEstimable, .noPositiveCases) }
            if negatives == 0 { return Withheld(.notEstimable, .noNegativeCases) }
        }
        if positives < max(minimumPositives, 1) { return Withheld(.smallCell, .fewPositives) }
        if negatives < max(minimumNegatives, 1) { return Withheld(.smallCell, .fewNegatives) }
        return nil
    }
}
