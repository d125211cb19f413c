/// Who took part in a round, who did not and why, and what share of the data that left out.
///
/// Nobody is silently left out: there is one entry for every site of the run.
package struct RollCall: Sendable, Hashable {
    /// One entry a site, ascending by site id.
    package let entries: [RollCallEntry]

    /// A roll-call of entries with distinct sites.
    package init(entries: [RollCallEntry]) {
        self.entries = entries.sorted { $0.share.site < $1.share.site }
    }

    /// The contributions, ascending by site id: the order in which they are summed.
    package var contributions: [Contribution] { entries.compactMap(\.outcome.contribution) }

    /// The share of all exams that the sites without a contribution hold, 0 to 1.
    ///
    /// Nil if no site has an exam.
    package var missingExamShare: Double? {
        missingShare { $0.exams }
    }

    /// The share of all positive exams that the sites without a contribution hold, 0 to 1.
    ///
    /// Nil if a site does not say how many it has, or if there are none.
    package var missingPositiveShare: Double? {
        missingShare { $0.positives }
    }

    /// Whether the site with the most exams is missing.
    package var largestSiteIsMissing: Bool { largestMissingSite != nil }

    /// The site with the most exams if it is missing; the draw of the plan is no absence, and a site
    /// whose update will count in a later round is none either.
    package var largestMissingSite: SiteID? {
        let asked = entries.filter { $0.outcome != .refused(.notSampled) }
        let largest = asked.map(\.share.exams).max() ?? 0
        return asked.first {
            $0.share.exams == largest && largest > 0 && $0.outcome.contribution == nil
                && $0.outcome != .late(.stillTraining)
        }?.share.site
    }

    /// One line: the groups with their sites and reasons.
    package var text: String {
        ["contributed", "late", "refused", "failed"].map { group in
            let members = entries.filter { $0.outcome.group == group }
            let names = members.map { entry in
                entry.share.site.rawValue + (entry.outcome.reason.map { " (\($0))" } ?? "")
            }
            return "\(group) \(members.count)"
                + (names.isEmpty ? "" : ": " + names.joined(separator: ", "))
        }.joined(separator: "; ")
    }

    private func missingShare(_ count: (SiteShare) -> Int?) -> Double? {
        var total = 0
        var missing = 0
        for entry in entries {
            guard let value = count(entry.share) else { return nil }
            total += value
            if entry.outcome.contribution == nil { missing += value }
        }
        return total > 0 ? Double(missing) / Double(total) : nil
    }
}
