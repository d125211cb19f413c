/// When the sites at work were last heard of: a dead one is told from a slow one by its silence.
///
/// Watches a site from its first heartbeat in the round on; agents without heartbeats are slow or
/// late, never dead.
struct ContactBook: Sendable, Hashable, Codable {
    private var heard: [SiteID: Duration] = [:]
    private var silent: Set<SiteID> = []

    /// Whether the site is taken for dead.
    func isSilent(_ site: SiteID) -> Bool { silent.contains(site) }

    /// Notes a heartbeat; returns whether the site was silent before.
    mutating func hear(_ site: SiteID, at now: Duration) -> Bool {
        heard[site] = now
        return silent.remove(site) != nil
    }

    /// The sites of these that have just become silent, ascending.
    mutating func newlySilent(of sites: [SiteID], at now: Duration, limit: Duration) -> [SiteID] {
        let found = sites.filter { site in
            guard let last = heard[site], !silent.contains(site) else { return false }
            return now - last >= limit
        }
        silent.formUnion(found)
        return found
    }

    /// The next moment at which one of these sites becomes silent.
    func nextSilence(of sites: [SiteID], limit: Duration) -> Duration? {
        sites.filter { !silent.contains($0) }.compactMap { heard[$0] }.min().map { $0 + limit }
    }

    /// Lets the silence of every site that is not taken for dead begin at a moment.
    mutating func hearAgain(from now: Duration) {
        for site in heard.keys where !silent.contains(site) { heard[site] = now }
    }

    /// Moves all moments to another epoch.
    mutating func shift(by offset: Duration) {
        heard = heard.mapValues { $0 + offset }
    }
}
