/// What a site contributed to a round (its weight delta) or to the final comparison (its scores).
package struct Contribution: Sendable, Hashable, Codable {
    /// The site.
    package var site: SiteID
    /// The digest of the bytes that were counted.
    package var sha256: SHA256Digest
    /// The examples the site trained on in the round; 0 for scores.
    package var examples: Int
    /// The round it was trained in, where that is before the round that counts it.
    package var trainedIn: RoundNumber?
    /// The site's score of the model it trained from, on held-back exams; higher is better.
    package var score: Double?
    /// The Euclidean norm of the update, as the gate measured it.
    package var norm: Double?

    /// A contribution.
    package init(
        site: SiteID,
        sha256: SHA256Digest,
        examples: Int,
        trainedIn: RoundNumber? = nil,
        score: Double? = nil,
        norm: Double? = nil
    ) {
        self.site = site
        self.sha256 = sha256
        self.examples = examples
        self.trainedIn = trainedIn
        self.score = score
        self.norm = norm
    }

    /// How many rounds before the one that counts it it was begun.
    package func staleness(in round: RoundNumber) -> Int {
        trainedIn.map { max(0, round.rawValue - $0.rawValue) } ?? 0
    }
}
