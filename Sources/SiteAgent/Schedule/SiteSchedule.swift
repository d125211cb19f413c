package import Foundation
import Synchronization

/// When a site trains and moves models and updates, and how fast: its own, as `site.yaml` says.
package final class SiteSchedule: Sendable {
    /// What waits.
    enum Work: String, Sendable, CaseIterable {
        case training
        case transfer
        case results
    }

    /// Between two looks at the clock, which may be put forward or back meanwhile.
    private static let look: Duration = .seconds(30)

    /// Holds back what is sent; nil where nothing does.
    let up: Pace?
    /// Holds back what is fetched; nil where nothing does.
    let down: Pace?
    private let hours: [Work: WeeklyHours]
    private let now: @Sendable () -> Date
    private let waits = Mutex<[Work: Date]>([:])

    /// Neither hours nor caps.
    package static var unlimited: SiteSchedule { SiteSchedule(hours: [:], up: nil, down: nil) }

    private init(
        hours: [Work: WeeklyHours],
        up: Pace?,
        down: Pace?,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        (self.hours, self.up, self.down, self.now) = (hours, up, down, now)
    }

    /// The schedule of a profile.
    package convenience init(
        of profile: SiteProfile,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let zone = try SiteProfile.timeZone(profile.timeZone)
        var hours: [Work: WeeklyHours] = [:]
        for (work, spans) in [
            (Work.training, profile.training?.hours), (.transfer, profile.transfer?.hours),
        ] {
            if let spans { hours[work] = try WeeklyHours(spans, timeZone: zone) }
        }
        self.init(
            hours: hours,
            up: try profile.transfer?.up.map {
                Pace(bytesPerSecond: try DataRate($0).bytesPerSecond)
            },
            down: try profile.transfer?.down.map {
                Pace(bytesPerSecond: try DataRate($0).bytesPerSecond)
            },
            now: now
        )
    }

    /// When the last of what waits now may go on; nil where nothing waits.
    var waitsUntil: Date? { waits.withLock { $0.values.max() } }

    /// Whether training has to stop now.
    var isTrainingClosed: Bool { hours[.training].map { !$0.contains(now()) } ?? false }

    /// The moment from which all of a round can be done; nil where it can be at once.
    func opening() -> Date? {
        let moment = now()
        let openings = hours.values.compactMap { $0.opening(from: moment) }
        return openings.max().flatMap { $0 > moment ? $0 : nil }
    }

    /// Waits until the hours of a kind of work begin; `say` is told until when.
    func untilOpen(_ work: Work, _ say: (Date) -> Void) async throws {
        try await untilOpen(work, hours: { self.hours[work] }, say)
    }

    /// Waits until hours that may change meanwhile begin; at once where there are none.
    func untilOpen(
        _ work: Work,
        hours: () async throws -> WeeklyHours?,
        _ say: (Date) -> Void
    ) async throws {
        defer { waits.withLock { $0[work] = nil } }
        while let opening = try await hours()?.opening(from: now()) {
            let seconds = opening.timeIntervalSince(now())
            guard seconds > 0 else { return }
            let isNew = waits.withLock { waits in
                defer { waits[work] = opening }
                return waits[work] != opening
            }
            if isNew { say(opening) }
            try await Task.sleep(for: min(.seconds(seconds), Self.look))
        }
    }

    /// What has to wait at a moment, and until when, for whoever looks at the site.
    package func closed(at moment: Date, policy: SitePolicy?) -> [(what: String, until: Date)] {
        var lines: [(String, Date)] = []
        let all: [(String, WeeklyHours?)] = [
            ("training (training.hours of site.yaml)", hours[.training]),
            ("models and updates (transfer.hours of site.yaml)", hours[.transfer]),
            ("results (hours of policy.yaml)", policy?.hours),
        ]
        for (what, hours) in all {
            guard let opening = hours?.opening(from: moment), opening > moment else { continue }
            lines.append((what, opening))
        }
        return lines
    }
}

/// Thrown into training where its hours end; its checkpoint stays.
struct TrainingHoursEnded: Error {}
