package import CoordinatorStore
package import Foundation
import Identity

/// A site as the operator sees it: the register's row, how its certificate stands, and what waits for approval.
package struct SiteReport: Sendable, Hashable, Codable {
    /// How urgent the certificate's end is.
    package enum Urgency: String, Sendable, Hashable, Codable {
        case none
        /// 14 days or fewer: the agent should have renewed it long ago.
        case notice
        /// 7 days or fewer.
        case warning
        /// 3 days or fewer.
        case alarm
        /// It has expired.
        case expired
    }

    /// The register's row.
    package let site: SiteRow
    /// How urgent the certificate's end is; nil without a certificate.
    package let urgency: Urgency?
    /// The application that waits, with its six words.
    package let applicant: FederationOperator.Applicant?

    init(_ site: SiteRow, _ applicant: FederationOperator.Applicant?, at now: Date) {
        self.site = site
        self.applicant = applicant
        urgency = site.notValidAfterMilliseconds.map {
            let days = Double($0) / 86_400_000 - now.timeIntervalSince1970 / 86_400
            switch days {
            case ..<0: return .expired
            case ..<3: return .alarm
            case ..<7: return .warning
            case ..<14: return .notice
            default: return .none
            }
        }
    }

    /// The site's status in words.
    package var statusText: String { applicant == nil ? site.status : "waits for approval" }

    /// The site's clock in words; nil while it is right.
    package var clockText: String? {
        site.clockAheadSeconds.map {
            "\(abs($0)) s \($0 > 0 ? "ahead of" : "behind") this machine's: one of them is wrong;"
                + " \(ClockDiscipline.isSynchronized ? "this one is set by a time service" : "no time service sets this one")"
        }
    }

    /// The end of the certificate in words, as of `now`.
    package func certificateText(at now: Date) -> String {
        guard let end = site.notValidAfterMilliseconds, let urgency else { return "none" }
        let date = Date(timeIntervalSince1970: Double(end) / 1000)
        let until = date.formatted(.iso8601.year().month().day())
        let days = Int((date.timeIntervalSince(now) / 86_400).rounded(.down))
        switch urgency {
        case .none: return "until \(until)"
        case .notice: return "until \(until): \(days) days left, renewal is overdue"
        case .warning: return "until \(until): only \(days) days left; does its agent run?"
        case .alarm: return "until \(until): \(days) DAYS LEFT; call the site"
        case .expired: return "EXPIRED on \(until); the site runs `fedagent enroll` to ask anew"
        }
    }
}

extension FederationOperator {
    /// Every site, ascending by id.
    package func siteReports(at now: Date) async throws -> [SiteReport] {
        let applicants = try await applicants(at: now)
        return try await store.sites().map { site in
            SiteReport(
                site,
                applicants.first {
                    $0.application.kind == .site && $0.application.holder == site.id
                },
                at: now
            )
        }
    }
}
