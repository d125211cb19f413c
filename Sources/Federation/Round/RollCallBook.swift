/// The roll-call while it is being taken: every site of the run and how far it has come.
///
/// The first outcome of a site stands; what comes later changes nothing. Outcomes of different
/// sites do not touch each other, so the order of arrival between sites cannot matter.
struct RollCallBook: Sendable, Hashable, Codable {
    /// The sites, ascending by id.
    let roster: [SiteShare]

    private var outcomes: [SiteID: SiteOutcome] = [:]
    private var asked: Set<SiteID> = []
    private var contacts = ContactBook()
    private var carried: [SiteID: Contribution] = [:]
    private var countsLater: Bool?

    /// A book for sites with distinct ids; `countsLater` if what a site sends after the round counts
    /// in a later one.
    init(
        roster: [SiteShare],
        refused: [SiteID: RefusalReason] = [:],
        countsLater: Bool = false
    ) {
        if countsLater { self.countsLater = true }
        precondition(Set(roster.map(\.site)).count == roster.count, "a site stands twice")
        self.roster = roster.sorted { $0.site < $1.site }
        for share in roster {
            if let reason = refused[share.site] { outcomes[share.site] = .refused(reason) }
        }
    }

    /// Whether every site's part has ended.
    var isComplete: Bool { outcomes.count == roster.count }

    /// The sites whose part has not ended, ascending by id.
    var open: [SiteID] { roster.map(\.site).filter { outcomes[$0] == nil } }

    /// Whether an update of this site is wanted.
    func standing(of site: SiteID) -> UpdateStanding {
        guard roster.contains(where: { $0.site == site }) else { return .unknownSite }
        switch outcomes[site] {
        case nil: return .expected
        case .contributed(let contribution): return .counted(contribution.sha256)
        default: return .settled
        }
    }

    /// Notes that a site has come for its work.
    mutating func noteAsked(_ site: SiteID) { asked.insert(site) }

    /// Keeps an update of the round before; it counts if the site has no newer one at the end.
    mutating func carry(_ contribution: Contribution) {
        switch outcomes[contribution.site] {
        case nil: carried[contribution.site] = contribution
        // The draw left the site out of this round: it will send nothing newer.
        case .refused(.notSampled): outcomes[contribution.site] = .contributed(contribution)
        default: break
        }
    }

    /// The update of the round before that is kept for this site.
    func carried(_ site: SiteID) -> Contribution? { carried[site] }

    /// The sites that are at work: they asked, and their part has not ended.
    var working: [SiteID] { open.filter(asked.contains) }

    /// Notes a heartbeat; returns whether the site was taken for dead before.
    mutating func hear(_ site: SiteID, at now: Duration) -> Bool {
        contacts.hear(site, at: now)
    }

    /// The sites at work that have just fallen silent, ascending.
    mutating func newlySilent(at now: Duration, limit: Duration) -> [SiteID] {
        contacts.newlySilent(of: working, at: now, limit: limit)
    }

    /// The next moment at which a site at work falls silent.
    func nextSilence(limit: Duration) -> Duration? {
        contacts.nextSilence(of: working, limit: limit)
    }

    /// Lets the silence of every site begin at a moment.
    mutating func hearAgain(from now: Duration) { contacts.hearAgain(from: now) }

    /// Moves all moments to another epoch.
    mutating func shift(by offset: Duration) { contacts.shift(by: offset) }

    /// Notes the outcome of a site that is still expected.
    mutating func settle(_ site: SiteID, _ outcome: SiteOutcome) {
        precondition(standing(of: site) == .expected, "the site's part has ended already")
        outcomes[site] = outcome
    }

    /// The roll-call now, with every open site counted as late.
    var rollCall: RollCall {
        RollCall(
            entries: roster.map { share in
                RollCallEntry(share: share, outcome: outcome(of: share.site))
            }
        )
    }

    private func outcome(of site: SiteID) -> SiteOutcome {
        if let outcome = outcomes[site] { return outcome }
        if let late = carried[site] { return .contributed(late) }
        if contacts.isSilent(site) { return .late(.contactLost) }
        guard asked.contains(site) else { return .late(.neverAsked) }
        return .late(countsLater ?? false ? .stillTraining : .notDelivered)
    }

    /// How many sites have contributed.
    var contributionCount: Int { outcomes.values.count { $0.contribution != nil } }

    /// Whether the contributions so far, or with `includingOpen` those still possible, suffice.
    func meets(_ quorum: Quorum, includingOpen: Bool) -> Bool {
        let asked = roster.filter { outcomes[$0.site] != .refused(.notSampled) }
        let counted = asked.filter { share in
            guard let outcome = outcomes[share.site] else {
                return includingOpen || carried[share.site] != nil
            }
            return outcome.contribution != nil
        }
        let total = asked.reduce(0) { $0 + $1.exams }
        let held = counted.reduce(0) { $0 + $1.exams }
        let share = total > 0 ? Double(held) / Double(total) : 1
        return counted.count >= quorum.sites && share >= quorum.examShare
    }
}
