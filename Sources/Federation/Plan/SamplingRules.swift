import Tensors

/// How many of the run's sites a round asks (`sampling` of the plan); all where it is absent.
package struct SamplingRules: Sendable, Hashable, Codable {
    /// The sites of a round.
    package var sites: Int

    init(reading reader: inout SectionReader) {
        sites = reader.integer("sites", in: 1...10_000)
    }

    /// A draw of so many sites.
    package init(sites: Int) { self.sites = sites }

    /// The sites a round asks: the same for the same seed, run and round.
    package func draw(
        from roster: [SiteID],
        seed: UInt64,
        round: RoundNumber
    ) -> Set<SiteID> {
        var generator = SeededGenerator(seed: seed, streamLabels: ["sites", "\(round)"])
        return Set(roster.sorted().shuffled(using: &generator).prefix(sites))
    }
}
