/// What each site trains alone, for the comparison with the federation (`baseline` of the plan).
package struct BaselineRules: Sendable, Hashable, Codable {
    /// Train a model on local data only, for as many steps as all rounds together, and score it.
    package var localOnly: Bool

    init(reading reader: inout SectionReader) {
        localOnly = reader.bool("localOnly", default: true)
    }
}
