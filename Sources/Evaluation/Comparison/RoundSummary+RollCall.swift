extension RoundSummary {
    /// Who was asked in a round and what became of it: every site of the run is in one list.
    package struct RollCall: Sendable, Hashable, Codable {
        /// A site that is not in the aggregate, and why.
        package struct Absence: Sendable, Hashable, Codable {
            /// The site.
            package var site: String
            /// A machine-readable reason such as `deadline` or `norm-too-large`.
            package var reason: String

            /// Makes an entry.
            package init(site: String, reason: String) {
                self.site = site
                self.reason = reason
            }
        }

        /// Sites whose update is in the aggregate.
        package var contributed: [String]
        /// Sites whose update came after the deadline.
        package var late: [Absence]
        /// Sites that declined, or whose update the coordinator refused.
        package var refused: [Absence]
        /// Sites that failed or were not reached.
        package var failed: [Absence]
        /// The part of the federation's training exams that is in the aggregate, 0 to 1.
        package var shareOfExams: Double?
        /// The part of its positive training exams; nil when counts stay at the sites.
        package var shareOfPositives: Double?

        /// Sites at work whose update counts in a later round; they are not missing.
        package var stillTraining: [String] {
            late.filter { $0.reason == Self.countsLater }.map(\.site)
        }

        /// Who is missing, with the name of the list: late, refused, failed.
        package var missing: [(group: String, absence: Absence)] {
            let late = late.filter { $0.reason != Self.countsLater }
            return [("late", late), ("refused", refused), ("failed", failed)]
                .flatMap { group, absences in absences.map { (group, $0) } }
        }

        private static let countsLater = "still-training"

        /// Makes a roll-call; lists are sorted by site.
        package init(
            contributed: [String],
            late: [Absence] = [],
            refused: [Absence] = [],
            failed: [Absence] = [],
            shareOfExams: Double? = nil,
            shareOfPositives: Double? = nil
        ) {
            self.contributed = contributed.sorted()
            self.late = late.sorted { $0.site < $1.site }
            self.refused = refused.sorted { $0.site < $1.site }
            self.failed = failed.sorted { $0.site < $1.site }
            self.shareOfExams = shareOfExams
            self.shareOfPositives = shareOfPositives
        }
    }
}
