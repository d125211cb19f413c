/// What a pull would fetch: counts, without identifiers.
package struct PullSurvey: Sendable, Hashable, Codable {
    /// Studies of one description.
    package struct Line: Sendable, Hashable, Codable {
        /// The Study Description, with digits of long numbers masked.
        package var description: String
        /// How many studies.
        package var studies: Int
        /// How many instances the server says they have, of any modality.
        package var instances: Int
    }

    /// By falling number of studies, then by description.
    package let lines: [Line]

    /// Counts studies.
    init(_ studies: [(description: String, instances: Int)]) {
        let groups = Dictionary(grouping: studies) { Self.masked($0.description) }
        lines = groups.map { description, studies in
            Line(
                description: description,
                studies: studies.count,
                instances: studies.reduce(0) { $0 + $1.instances }
            )
        }
        .sorted { ($1.studies, $0.description) < ($0.studies, $1.description) }
    }

    /// All studies.
    package var studies: Int { lines.reduce(0) { $0 + $1.studies } }
    /// All instances.
    package var instances: Int { lines.reduce(0) { $0 + $1.instances } }

    /// Numbers of four digits and more may be dates or record numbers that somebody typed there.
    private static func masked(_ text: String) -> String {
        text.isEmpty
            ? "(no description)"
            : text.replacing(/[0-9]{4,}/) { String(repeating: "#", count: $0.output.count) }
    }
}
