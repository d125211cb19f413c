/// What a person should hear of at once, not only in the roll-call.
package enum RoundAlarm: Sendable, Hashable, Codable {
    /// The site with the most exams is not in the result.
    case largestSiteMissing(SiteID)
    /// A site that was at work has not been heard of for so long that it is taken for dead.
    case siteSilent(SiteID)
    /// A silent site is heard again.
    case siteReturned(SiteID)
    /// The deadline is over and the plan says to wait for these.
    case overdue([SiteID])
    /// The deadline is over without a quorum; the plan gives the sites more time.
    case extended([SiteID])

    /// One word, stable across versions.
    package var code: String {
        switch self {
        case .largestSiteMissing: "largest-site-missing"
        case .siteSilent: "site-silent"
        case .siteReturned: "site-returned"
        case .overdue: "overdue"
        case .extended: "extended"
        }
    }

    /// The sites it is about, ascending.
    package var sites: [SiteID] {
        switch self {
        case .largestSiteMissing(let site), .siteSilent(let site), .siteReturned(let site): [site]
        case .overdue(let sites), .extended(let sites): sites
        }
    }
}
