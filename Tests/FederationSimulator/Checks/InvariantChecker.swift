import AuditLog
import Federation

/// What must hold after every event, checked on what survives a crash.
struct InvariantChecker {
    private let honest: Set<SiteID>
    private let examples: [SiteID: Int]
    private let rules: AggregationRules
    private var rank = 0
    private var leavesRead = 0
    private var lastHash = MerkleHash.zero
    private var leafCounts: [AuditAct: Int] = [:]
    private var checkedModels: Set<RoundNumber> = []
    private var acknowledged: Set<VirtualDisk.Database.Row> = []

    /// Updates that were acknowledged.
    var acknowledgements: Int { acknowledged.count }

    init(sites: [SimulatedSite], rules: AggregationRules) {
        self.rules = rules
        honest = Set(sites.filter { !$0.isHostile }.map(\.id))
        examples = Dictionary(uniqueKeysWithValues: sites.map { ($0.id, $0.examples) })
    }

    /// A backup was restored: what was known after it is history of another log.
    ///
    /// The rounds it has closed were checked then; what they were made of may be deleted.
    mutating func forget(to backup: VirtualDisk.Database) {
        self.rank = 0
        leavesRead = 0
        lastHash = MerkleHash.zero
        leafCounts = [:]
        checkedModels = Set(backup.rollCalls.keys)
        acknowledged = []
    }

    /// The coordinator answered that an update counts.
    mutating func noteAcknowledgement(
        _ site: SiteID,
        _ round: RoundNumber,
        _ digest: SHA256Digest,
        _ database: VirtualDisk.Database
    ) throws(Breach) {
        guard let row = database.row(site, round), row.sha256 == digest, row.isAccepted else {
            throw Breach(
                "\(site) was told that its update of round \(round) counts, but it is "
                    + "not on the disk"
            )
        }
        acknowledged.insert(row)
    }

    /// Checks everything.
    mutating func check(_ disk: VirtualDisk, _ run: RunStateMachine?) throws(Breach) {
        let next = run.map(Self.rank) ?? 0
        guard next >= rank else { throw Breach("the run went back from \(rank) to \(next)") }
        rank = next
        if let control = run?.control, disk.files[control].map(Vectors.digest) != control {
            throw Breach("the control variate that goes with the model is not durable and whole")
        }
        let database = disk.database
        guard database.leaves.count != leavesRead else { return }
        try readLeaves(database)
        try checkRows(database)
        try checkCounts(database)
        for round in database.models.keys.sorted() where !checkedModels.contains(round) {
            try checkModel(round, disk)
        }
    }

    private mutating func readLeaves(_ database: VirtualDisk.Database) throws(Breach) {
        guard database.leaves.count > leavesRead else {
            throw Breach("the audit log became shorter")
        }
        for leaf in database.leaves[leavesRead...] {
            guard let record = try? AuditRecord(leaf: leaf.leaf),
                record.sequence == Int64(leavesRead), record.previous == lastHash
            else { throw Breach("audit record \(leavesRead) does not continue the log") }
            leafCounts[record.entry.act, default: 0] += 1
            lastHash = leaf.hash
            leavesRead += 1
        }
    }

    private func checkRows(_ database: VirtualDisk.Database) throws(Breach) {
        var seen: Set<[String]> = []
        for row in database.rows {
            guard seen.insert([row.site.rawValue, "\(row.round)"]).inserted else {
                throw Breach("\(row.site) stands twice in round \(row.round)")
            }
            guard row.isAccepted else { continue }
            try checkCounted(row, database)
        }
        for row in acknowledged where !database.rows.contains(row) {
            throw Breach("the acknowledged update of \(row.site) in \(row.round) was lost")
        }
    }

    /// An accepted update is in the result of its round, a late one in that of the next; in an
    /// asynchronous run in that of the round under way when it came, or of the one after.
    private func checkCounted(
        _ row: VirtualDisk.Database.Row,
        _ database: VirtualDisk.Database
    ) throws(Breach) {
        guard !rules.isAsynchronous else { return try checkBuffered(row, database) }
        let round = row.isLate ? row.round.next : row.round
        guard let rollCall = database.rollCalls[round],
            let outcome = rollCall.entries.first(where: { $0.share.site == row.site })?.outcome
        else { return }
        let counted = outcome.contribution?.sha256
        let isOut = outcome.group != "late" && outcome != .refused(.notSampled)
        let isSuperseded = row.isLate && (counted != nil || isOut)
        guard counted == row.sha256 || isSuperseded else {
            throw Breach("the accepted update of \(row.site) in \(row.round) was not counted")
        }
    }

    private func checkBuffered(
        _ row: VirtualDisk.Database.Row,
        _ database: VirtualDisk.Database
    ) throws(Breach) {
        let outcomes = database.rollCalls.mapValues { rollCall in
            rollCall.entries.first { $0.share.site == row.site }?.outcome
        }
        let times = outcomes.values.count { $0?.contribution?.sha256 == row.sha256 }
        guard times <= 1 else {
            throw Breach("the update of \(row.site) in \(row.round) was counted twice")
        }
        let possible = (1...2).compactMap { number in
            RoundNumber(rawValue: row.roundsClosed + number).flatMap { outcomes[$0] ?? nil }
        }
        let wasOut = possible.contains { $0.group == "refused" }
        guard times == 1 || possible.count < 2 || wasOut else {
            throw Breach("the accepted update of \(row.site) in \(row.round) was not counted")
        }
    }

    private func checkCounts(_ database: VirtualDisk.Database) throws(Breach) {
        let accepted = database.rows.count(where: \.isAccepted)
        let pairs: [(AuditAct, Int)] = [
            (.roundUpdateAccept, accepted), (.roundUpdateReject, database.rows.count - accepted),
            (.modelPublish, database.models.count), (.roundClose, database.rollCalls.count),
        ]
        for (act, count) in pairs where leafCounts[act, default: 0] != count {
            throw Breach(
                "\(count) changes but \(leafCounts[act, default: 0]) audit records of \(act.rawValue)"
            )
        }
    }

    /// The model is the function of exactly the updates in the roll-call, to the bit.
    private mutating func checkModel(
        _ round: RoundNumber,
        _ disk: VirtualDisk
    ) throws(Breach) {
        let database = disk.database
        let start =
            RoundNumber(rawValue: round.rawValue - 1).flatMap { database.models[$0] }
            ?? Vectors.digest(SimulatedCoordinator.initialModel)
        guard let rollCall = database.rollCalls[round], let digest = database.models[round],
            let model = disk.files[start], let result = disk.files[digest],
            Vectors.digest(result) == digest
        else { throw Breach("the model of round \(round) is not durable and whole") }
        var updates: [(weight: Double, values: [Double])] = []
        var staleness: [Int] = []
        for contribution in rollCall.contributions {
            try checkContribution(contribution, round, database)
            guard let values = disk.files[contribution.sha256],
                Vectors.digest(values) == contribution.sha256
            else { throw Breach("an update of round \(round) is not durable and whole") }
            updates.append((rules.weight(of: contribution, in: round), values))
            staleness.append(contribution.staleness(in: round))
        }
        let next = Vectors.next(
            model,
            updates,
            staleness: rules.isAsynchronous ? staleness : nil
        )
        guard Vectors.digest(next) == digest else {
            throw Breach("the model of round \(round) is not the mean of its updates")
        }
        checkedModels.insert(round)
    }

    private func checkContribution(
        _ contribution: Contribution,
        _ round: RoundNumber,
        _ database: VirtualDisk.Database
    ) throws(Breach) {
        let trained = contribution.trainedIn ?? round
        guard let row = database.row(contribution.site, trained),
            row.sha256 == contribution.sha256, row.isAccepted
        else { throw Breach("round \(round) counts an update that was not recorded") }
        guard honest.contains(contribution.site) else { return }
        guard contribution.examples == examples[contribution.site] else {
            throw Breach("\(contribution.site) was given another weight")
        }
        let trainedOn =
            RoundNumber(rawValue: trained.rawValue - 1).flatMap { database.models[$0] }
            ?? Vectors.digest(SimulatedCoordinator.initialModel)
        let own = Vectors.digest(Vectors.update(of: contribution.site, on: trainedOn))
        guard contribution.sha256 == own else {
            throw Breach("round \(round) counts an update that \(contribution.site) did not make")
        }
    }

    /// The rank of a state, which must never fall.
    private static func rank(_ run: RunStateMachine) -> Int {
        switch run.phase {
        case .created: return 0
        case .opening(let round): return round.rawValue * 10
        case .round(let round):
            let step =
                switch round.state {
                case .planned: 1
                case .collecting: 2
                case .aggregating: 3
                case .closed, .failed: 4
                }
            return round.round.rawValue * 10 + step
        case .scoring: return 1_000_000
        case .completed, .failed: return 2_000_000
        }
    }
}
