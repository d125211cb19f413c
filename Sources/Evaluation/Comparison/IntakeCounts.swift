/// What became of the files a site took in; as the site released it.
package struct IntakeCounts: Sendable, Hashable, Codable {
    /// A reason for quarantine and how many files it met.
    package struct Quarantine: Sendable, Hashable, Codable {
        /// A machine-readable reason such as `burned-in-text`.
        package var reason: String
        /// The files it met.
        package var files: Reported<Count>

        /// Makes an entry.
        package init(reason: String, files: Reported<Count>) {
            self.reason = reason
            self.files = files
        }
    }

    /// Files read.
    package var files: Reported<Count>
    /// Files that were de-identified and kept.
    package var accepted: Reported<Count>
    /// Files set aside; `files` = `accepted` + `quarantined`.
    package var quarantined: Reported<Count>
    /// The reasons, in alphabetical order.
    package var quarantine: [Quarantine]
    /// Exams in the training split.
    package var trainingExams: Reported<Count>
    /// Exams in the test split.
    package var testExams: Reported<Count>

    /// Applies a policy: small numbers are withheld, and others with them so that none follows.
    package static func report(
        accepted: Int,
        quarantined: [String: Int],
        trainingExams: Int,
        testExams: Int,
        policy: DisclosurePolicy
    ) -> IntakeCounts {
        let reasons = quarantined.keys.sorted()
        let held = reasons.map { quarantined[$0, default: 0] }
        var table = SuppressionTable(inner: [[accepted] + held], policy: policy)
        // One row: its sums repeat the cells, so they are as hidden as the cells are.
        if !table.suppress() { table.withholdAll() }
        func cell(_ column: Int, _ value: Int) -> Reported<Count> {
            guard let hiding = table.hidden[.init(row: 0, column: column)] else {
                return .value(policy.banded(value))
            }
            return .withheld(hiding == .small ? .smallCell : .protectsAnotherCell)
        }
        let total = held.reduce(0, +)
        let hidesReason = held.indices.contains { cell($0 + 1, 0).value == nil }
        return IntakeCounts(
            files: cell(held.count + 1, accepted + total),
            accepted: cell(0, accepted),
            quarantined: hidesReason ? .withheld(.protectsAnotherCell) : policy.report(total),
            quarantine: zip(reasons.indices, reasons).map {
                Quarantine(reason: $1, files: cell($0 + 1, held[$0]))
            },
            trainingExams: policy.report(trainingExams),
            testExams: policy.report(testExams)
        )
    }
}
