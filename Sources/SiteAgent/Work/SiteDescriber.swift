import HeadCT
import SiteStore
import WireProtocol

/// What a site tells about itself: scanners, and bands instead of counts.
struct SiteDescriber: Sendable {
    let site: SiteContext
    let softwareVersion: String

    /// The description of the present cohort.
    func description() async throws -> SiteDescription {
        let rows = try await site.cohort().rows
        let scanners = Set(rows.map { Scanner(manufacturer: $0.manufacturer, model: $0.model) })
        let labels = try rows.compactMap { row in
            try ExamRecord(of: row).labels?.values[.any]
        }
        return SiteDescription(
            softwareVersion: softwareVersion,
            scanners: scanners.sorted().map {
                SiteDescription.Scanner(manufacturer: $0.manufacturer, model: $0.model)
            },
            sliceCountBand: CountBand.text(rows.reduce(0) { $0 + $1.slices }),
            examCountBand: CountBand.text(rows.count),
            prevalenceBand: CountBand.prevalence(
                positives: labels.count { $0 },
                exams: labels.count
            )
        )
    }

    private struct Scanner: Hashable, Comparable {
        let manufacturer: String
        let model: String

        static func < (left: Scanner, right: Scanner) -> Bool {
            (left.manufacturer, left.model) < (right.manufacturer, right.model)
        }
    }
}
