/// A site of a run and how much of the data it holds.
package struct SiteShare: Sendable, Hashable, Codable {
    /// The site.
    package var site: SiteID
    /// Its training exams.
    package var exams: Int
    /// Its training exams with haemorrhage; nil where the site does not say.
    package var positives: Int?

    /// A site with at least 0 exams.
    package init(site: SiteID, exams: Int, positives: Int? = nil) {
        precondition(exams >= 0 && (positives ?? 0) >= 0, "negative number of exams")
        self.site = site
        self.exams = exams
        self.positives = positives
    }
}
