package import SiteStore

/// The cohort in numbers, for the site's own eyes.
package struct CohortSummary: Sendable, Hashable, Codable {
    /// How often a reason occurred.
    package struct Tally: Sendable, Hashable, Codable {
        /// The reason, with its source for labels and masks.
        package let reason: String
        /// How often.
        package let count: Int
    }

    /// Exams of the cohort.
    package let exams: Int
    /// Patients of the cohort.
    package let patients: Int
    /// Accepted slices.
    package let slices: Int
    /// Quarantined files by reason.
    package let quarantine: [Tally]
    /// Labels and masks that matched nothing, and exams without label, by reason.
    package let unmatched: [Tally]

    /// Counts a site's catalogue.
    package init(of store: SiteStore) async throws {
        let rows = try await store.exams()
        exams = rows.count
        patients = Set(rows.map(\.patient)).count
        slices = rows.reduce(0) { $0 + $1.slices }
        quarantine = try await store.quarantineCounts().map {
            Tally(reason: $0.reason, count: $0.files)
        }
        unmatched = try await store.joinIssueCounts().map {
            Tally(reason: "\($0.source): \($0.reason)", count: $0.count)
        }
    }

    /// The numbers as lines.
    package var text: String {
        let lines =
            ["\(exams) exams of \(patients) patients, \(slices) slices"]
            + (quarantine.isEmpty ? [] : ["quarantined:"])
            + quarantine.map { "  \($0.count)  \($0.reason)" }
            + (unmatched.isEmpty ? [] : ["not matched:"])
            + unmatched.map { "  \($0.count)  \($0.reason)" }
        return lines.joined(separator: "\n")
    }
}
