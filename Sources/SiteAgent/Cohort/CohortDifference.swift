package import SiteStore

/// What changed from one frozen cohort to another, in counts and by pseudonym.
package struct CohortDifference: Sendable, Hashable, Codable {
    /// A number in both versions.
    package struct Change: Sendable, Hashable, Codable {
        /// What is counted.
        package let name: String
        /// The number in the earlier version.
        package let before: Int
        /// The number in the later version.
        package let after: Int
    }

    /// The earlier version.
    package let from: Int
    /// The later version.
    package let to: Int
    /// Exams, patients, slices, labels, positives.
    package let counts: [Change]
    /// Exams that only the later version has, by study UID.
    package let added: [String]
    /// Exams that only the earlier version has, by study UID.
    package let removed: [String]
    /// Exams whose files, masks or labels are others, by study UID.
    package let changed: [String]
    /// Exams among the changed whose label for haemorrhage is another one.
    package let relabelled: Int
    /// Patients of whom nothing is left in the later version.
    package let patientsGone: [String]

    /// Compares two versions with their exams.
    package init(
        from before: (row: CohortRow, exams: [CohortExam]),
        to after: (row: CohortRow, exams: [CohortExam])
    ) {
        let old = Dictionary(before.exams.map { ($0.studyUID, $0) }) { first, _ in first }
        let new = Dictionary(after.exams.map { ($0.studyUID, $0) }) { first, _ in first }
        from = before.row.version
        to = after.row.version
        counts = Self.counts(before.row, after.row)
        added = new.keys.filter { old[$0] == nil }.sorted()
        removed = old.keys.filter { new[$0] == nil }.sorted()
        changed = new.keys.filter { old[$0] != nil && old[$0]?.leaf != new[$0]?.leaf }.sorted()
        relabelled = changed.count { old[$0]?.positive != new[$0]?.positive }
        patientsGone = Set(before.exams.map(\.patient)).subtracting(after.exams.map(\.patient))
            .sorted()
    }

    private static func counts(_ before: CohortRow, _ after: CohortRow) -> [Change] {
        let numbers: [(String, KeyPath<CohortRow, Int>)] = [
            ("exams", \.exams), ("patients", \.patients), ("slices", \.slices),
            ("labelled", \.labelled), ("positive", \.positives),
        ]
        return numbers.map { name, number in
            Change(name: name, before: before[keyPath: number], after: after[keyPath: number])
        }
    }

    /// The difference as lines.
    package var text: String {
        var lines = ["cohort version \(from) to version \(to)"]
        lines += counts.map { change in
            let step = change.after - change.before
            let name = change.name.padding(to: 10)
            return "  \(name)\(change.before) -> \(change.after) (\(step >= 0 ? "+" : "")\(step))"
        }
        lines.append(
            "  \(added.count) exams added, \(removed.count) removed, \(changed.count) changed"
                + " (\(relabelled) with another label)"
        )
        if !patientsGone.isEmpty { lines.append("  \(patientsGone.count) patients gone") }
        return lines.joined(separator: "\n")
    }
}

extension String {
    /// The text filled with spaces up to a width.
    func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
