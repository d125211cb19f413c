import DICOM

/// Which studies are fetched.
package struct StudySearch: Sendable, Hashable, Codable {
    /// The modality, such as `CT`.
    package var modality = "CT"
    /// Body Part Examined of the series; empty takes all.
    package var bodyParts: [String] = []
    /// Patterns of the Study Description with `*` and `?`; empty takes all.
    package var descriptions: [String] = []
    /// The first study date; nil is no bound.
    package var since: StudyDate?
    /// The last study date; nil is no bound.
    package var until: StudyDate?

    /// Every CT study.
    package init() {}

    /// The queries whose answers together are the studies: one for each description.
    func queries() -> [[(String, String)]] {
        var query = [("ModalitiesInStudy", modality)]
        if since != nil || until != nil {
            query.append(("StudyDate", (since?.digits ?? "") + "-" + (until?.digits ?? "")))
        }
        // Description, counts, and what an object's identity is told from.
        for field in ["00081030", "00201208", "00080061"] { query.append(("includefield", field)) }
        guard !descriptions.isEmpty else { return [query] }
        return descriptions.map { query + [("StudyDescription", $0)] }
    }

    /// Whether a study is wanted, judged by what the answer says of it.
    ///
    /// Some servers pass over keys that they do not know. What the answer does not say is taken as
    /// matched.
    func wants(study: Attributes) -> Bool {
        if let date = study.text(.studyDate) {
            if let since, date < since.digits { return false }
            if let until, date > until.digits { return false }
        }
        guard let description = study.text(.studyDescription), !descriptions.isEmpty else {
            return true
        }
        return descriptions.contains { WildcardPattern($0).matches(description) }
    }

    /// Whether a series is wanted, judged the same way.
    func wants(series: Attributes) -> Bool {
        if let other = series.text(.modality), other != modality { return false }
        guard let part = series.text(.bodyPartExamined), !bodyParts.isEmpty else { return true }
        return bodyParts.contains { $0.uppercased() == part.uppercased() }
    }
}
