/// What may still be sent for a round that has closed, to be counted in the next one.
///
/// Open from the moment the round stops collecting until the next one does.
struct LateDoor: Sendable, Hashable, Codable {
    /// The closed round.
    let round: RoundNumber

    private let late: Set<SiteID>
    private var arrived: [SiteID: Contribution] = [:]

    /// A door for the sites that were late.
    init(round: RoundNumber, late: [SiteID]) {
        self.round = round
        self.late = Set(late)
    }

    /// Whether an update of the site for the closed round is wanted; nil if it is none of the late.
    func standing(of site: SiteID) -> UpdateStanding? {
        guard late.contains(site) else { return nil }
        return arrived[site].map { .counted($0.sha256) } ?? .expected
    }

    /// Takes a late update; returns it as the next round will count it.
    mutating func take(_ contribution: Contribution) -> Contribution {
        var contribution = contribution
        contribution.trainedIn = round
        arrived[contribution.site] = contribution
        return contribution
    }

    /// The updates that have come, ascending by site id.
    var contributions: [Contribution] { arrived.values.sorted { $0.site < $1.site } }
}
