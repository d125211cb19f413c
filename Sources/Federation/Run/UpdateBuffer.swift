/// Which updates of an asynchronous run still count, and which wait for the next round to open.
///
/// A site has one update in a round, and trains once on each model: the same model again would give
/// the same bits.
struct UpdateBuffer: Sendable, Hashable, Codable {
    /// An update that was taken, and the round it was trained in.
    private struct Taken: Sendable, Hashable, Codable {
        let round: RoundNumber
        let sha256: SHA256Digest
    }

    /// What a site works on.
    private struct Assignment: Sendable, Hashable, Codable {
        let round: RoundNumber
        let model: SHA256Digest
    }

    /// How many rounds ago an update that counts may have been begun.
    let maximumStaleness: Int

    private var newest: [SiteID: Taken] = [:]
    private var assignments: [SiteID: Assignment] = [:]
    private var waiting: [SiteID: Contribution] = [:]

    /// A buffer without updates.
    init(maximumStaleness: Int) { self.maximumStaleness = maximumStaleness }

    /// The updates that the next round begins with, ascending by site id.
    var waitingContributions: [Contribution] { waiting.values.sorted { $0.site < $1.site } }

    /// The sites at work, and on what.
    var models: [SiteID: SHA256Digest] { assignments.mapValues(\.model) }

    /// Notes what a site works on.
    mutating func assign(_ site: SiteID, _ round: RoundNumber, model: SHA256Digest) {
        assignments[site] = Assignment(round: round, model: model)
    }

    /// Notes that a site works on nothing.
    mutating func release(_ site: SiteID) { assignments[site] = nil }

    /// Whether an update that a site trained in one round may count in another.
    func standing(
        of site: SiteID,
        trainedIn trained: RoundNumber,
        countedIn round: RoundNumber
    ) -> UpdateStanding {
        if let newest = newest[site], trained <= newest.round {
            return trained == newest.round ? .counted(newest.sha256) : .roundClosed
        }
        if waiting[site] != nil { return .settled }
        return round.rawValue - trained.rawValue <= maximumStaleness ? .expected : .roundClosed
    }

    /// Notes an update that is counted now.
    mutating func note(_ contribution: Contribution, trainedIn round: RoundNumber) {
        let site = contribution.site
        newest[site] = Taken(round: round, sha256: contribution.sha256)
        if let assignment = assignments[site], assignment.round <= round { release(site) }
    }

    /// Keeps an update for the next round.
    mutating func keep(_ contribution: Contribution, trainedIn round: RoundNumber) {
        note(contribution, trainedIn: round)
        var contribution = contribution
        contribution.trainedIn = round
        waiting[contribution.site] = contribution
    }

    /// Takes out the updates that the round that opens begins with, ascending by site id.
    mutating func takeWaiting() -> [Contribution] {
        defer { waiting = [:] }
        return waitingContributions
    }

    /// Forgets work that could not count any more in a round.
    mutating func forget(olderThan round: RoundNumber) {
        assignments = assignments.filter {
            round.rawValue - $0.value.round.rawValue <= maximumStaleness
        }
    }
}
