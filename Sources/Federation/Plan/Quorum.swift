/// What a round needs so that its result counts (`quorum` of the plan).
package struct Quorum: Sendable, Hashable, Codable {
    /// The fewest sites that must contribute.
    package var sites: Int
    /// The least share of all exams in the run that the contributing sites must hold, 0 to 1.
    package var examShare: Double

    /// How often a round that misses it gets its time again before the run fails; nil never.
    package var extensions: Int?

    /// A quorum; `sites` at least 1, `examShare` 0 to 1.
    package init(sites: Int, examShare: Double = 0) {
        precondition(sites >= 1 && (0...1).contains(examShare), "quorum outside its range")
        self.sites = sites
        self.examShare = examShare
    }

    init(reading reader: inout SectionReader) {
        sites = reader.integer("sites", in: 1...10_000)
        examShare = reader.number("examShare", in: 0...1, default: 0)
        extensions = reader.has("extensions") ? reader.integer("extensions", in: 0...1000) : nil
    }
}
