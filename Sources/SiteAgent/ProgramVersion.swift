/// The version in the name of a program, such as `fedagent 0.1.0`, to tell an older from a newer one.
struct ProgramVersion: Hashable, Comparable {
    private let numbers: [Int]

    /// Reads the version after the first word; nil if there is none.
    init?(_ tool: String) {
        let words = tool.split(whereSeparator: { $0 == " " || $0 == "," || $0 == ";" })
        guard words.count > 1 else { return nil }
        let parts = words[1].split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        numbers = parts.compactMap(\.self)
        guard numbers.count == parts.count else { return nil }
    }

    static func < (left: ProgramVersion, right: ProgramVersion) -> Bool {
        left.numbers.lexicographicallyPrecedes(right.numbers)
    }

    /// Refuses work of an older program on what a newer one has made: it would take in more by rules
    /// that were found wanting.
    ///
    /// - Throws: ``AgentError`` `refused-by-policy`.
    static func refuse(
        _ tool: String,
        after makers: some Sequence<String>,
        at place: String,
        hint: String = "install the newer version again"
    ) throws {
        guard let own = ProgramVersion(tool),
            let newest = Set(makers).max(by: {
                guard let left = ProgramVersion($0) else { return true }
                guard let right = ProgramVersion($1) else { return false }
                return left < right
            }),
            let last = ProgramVersion(newest), own < last
        else { return }
        throw AgentError(
            .refusedByPolicy,
            "\(place) was worked on by \(newest), and this is \(tool): an older program does not go"
                + " on with the work of a newer one",
            hint: hint
        )
    }
}
