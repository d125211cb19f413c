/// Which of a site's exams take part, and how they are split (`cohort` of the plan).
package struct CohortRules: Sendable, Hashable, Codable {
    /// The fewest labelled exams with which a site may take part.
    package var minimumExams: Int
    /// Whether exams without a haemorrhage mask are left out.
    package var requireMasks: Bool
    /// The share of patients held back for testing, 0 to 0.9.
    package var splitTestFraction: Double
    /// Seed of the split by patient; the same seed keeps a patient on its side for ever.
    package var splitSeed: UInt64

    init(reading reader: inout SectionReader) {
        minimumExams = reader.integer("minimumExams", in: 1...1_000_000)
        requireMasks = reader.bool("requireMasks", default: false)
        splitTestFraction = reader.number("splitTestFraction", in: 0...0.9)
        splitSeed = UInt64(reader.integer("splitSeed", in: 0...9_007_199_254_740_991))
    }
}
