import AuditLog
import Federation
import Tensors

/// The coordinator's shell in the simulation: it performs what the production machine asks for, on
/// a disk that loses what was not synced, and dies at any of its fault points.
///
/// The order is the rule of the real one: compute, write the change with its audit records and the
/// machine's snapshot in one transaction, commit, then answer.
struct SimulatedCoordinator {
    /// The process died.
    struct Crash: Error {}

    private let plan: Plan
    private let shares: [SiteShare]
    private let settings: SimulationSettings
    private let signer: NoteSigner
    private var generator: SeededGenerator
    private var stage: RunStage
    private var isRefused = false
    private var revoked: Set<SiteID> = []
    private var arrivals: [SHA256Digest] = []
    private var bootedAt: Duration = .zero
    private var boots = 0

    /// What survives.
    var disk = VirtualDisk()
    /// Whether the process runs.
    private(set) var isUp = false
    /// How often it died.
    private(set) var crashes = 0
    /// Alarms that were raised.
    private(set) var alarms = 0

    static let initialModel = [Double](repeating: 1, count: Vectors.count)

    init(
        plan: Plan,
        shares: [SiteShare],
        settings: SimulationSettings,
        seed: UInt64
    ) throws(AuditLogError) {
        self.plan = plan
        self.shares = shares
        self.settings = settings
        signer = try NoteSigner(
            name: "coordinator",
            kind: .log,
            seed: [UInt8](repeating: 1, count: 32)
        )
        generator = SeededGenerator(seed: seed, stream: "coordinator")
        let digest = Vectors.digest(Self.initialModel)
        stage = .approval(RunApproval(asked: [], deadline: .zero))
        disk.write(Self.initialModel, as: digest)
        disk.sync()
    }

    /// The key under which the log signs.
    var key: NoteKey { signer.key }

    /// Whether nothing more will happen.
    var isOver: Bool { isRefused || stage.machine?.isOver ?? false }

    /// The run as the process sees it; nil before its first round.
    var run: RunStateMachine? { stage.machine }

    // MARK: Life

    /// Starts the process: everything it knows comes from the disk.
    mutating func start(at now: Duration) throws(Crash) {
        isUp = true
        boots += 1
        // The monotonic clock of a new process begins somewhere else.
        bootedAt = now - .seconds(boots * 1000)
        if let snapshot = disk.database.snapshot, settings.bug != .forgetsHistory || boots == 1 {
            let restored = snapshot.restored(at: clock(now))
            stage = restored.stage
            try perform(restored.effects, at: now)
        } else {
            stage = .approval(
                RunApproval(
                    asked: shares.map(\.site),
                    deadline: clock(now) + SimulationSettings.roundLimit
                )
            )
            try admit(at: now)
            try save(stage, [], at: now) { _, _ in }
        }
    }

    /// The process dies; what was under way is lost or torn.
    mutating func crash() {
        isUp = false
        crashes += 1
        disk.crash(using: &generator)
    }

    private func clock(_ now: Duration) -> Duration { now - bootedAt }

    private mutating func fault(_ now: Duration) throws(Crash) {
        guard now < SimulationSettings.faultsEnd, generator.nextUniform() < settings.crash else {
            return
        }
        throw Crash()
    }

    // MARK: Operator

    /// Lets time pass.
    mutating func tick(at now: Duration) throws(Crash) {
        retire()
        // As the real one does at each look: a revocation that a crash cut off is carried out.
        for site in revoked.sorted() where isIn(site) { try turnOut(site, at: now) }
        guard let wake = stage.nextWake, clock(now) >= wake else { return }
        if case .approval = stage { try beginIfDecided(at: now) } else { try give(.tick, at: now) }
    }

    /// Deletes what the run does not need, as the real one does after each round.
    private mutating func retire() {
        guard let machine = stage.machine else { return }
        var needed = machine.neededBlobs
        if settings.bug == .deletesHeldUpdates { needed = [machine.model] }
        disk.delete { !needed.contains($0) && $0 != Vectors.digest(Self.initialModel) }
    }

    /// Holds the run.
    mutating func pause(at now: Duration) throws(Crash) { try give(.hold(.byOperator), at: now) }

    /// Lets the run go on.
    mutating func resume(at now: Duration) throws(Crash) {
        try give(.release(.byOperator), at: now)
    }

    /// The hours of the plan begin or end.
    mutating func keepHours(isOpen: Bool, at now: Duration) throws(Crash) {
        try give(isOpen ? .release(.schedule) : .hold(.schedule), at: now)
    }

    /// Closes a round that waits.
    mutating func closeRound(at now: Duration) throws(Crash) { try give(.closeRound, at: now) }

    /// Ends the run.
    mutating func abort(at now: Duration) throws(Crash) {
        try give(.abort(.byOperator), at: now)
    }

    /// Revokes a site.
    mutating func revoke(_ site: SiteID, at now: Duration) throws(Crash) {
        guard revoked.insert(site).inserted else { return }
        try turnOut(site, at: now)
    }

    private func isIn(_ site: SiteID) -> Bool {
        switch stage {
        case .approval(let approval): approval.answers[site] != .declined
        case .rounds(let machine): machine.excluded[site] == nil && !machine.isOver
        }
    }

    private mutating func turnOut(_ site: SiteID, at now: Duration) throws(Crash) {
        if case .approval = stage { return try answer(site, .declined, at: now) }
        try give(.siteRefused(site, .revoked), at: now) { database, log in
            database.append(
                AuditEntry(.siteRevoke, by: .coordinator, on: AuditObject("site", site.rawValue)),
                log
            )
        }
    }

    // MARK: Sites

    /// Answers a message; `sender` is who the connection belongs to.
    mutating func answer(
        _ message: Message,
        from sender: SiteID,
        at now: Duration
    ) throws(Crash) -> Message? {
        switch message {
        case .poll(let witnessed): return try poll(sender, witnessed, at: now)
        case .heartbeat:
            try give(.heartbeat(sender), at: now)
            return nil
        case .approval(let exams):
            let share = SiteShare(site: sender, exams: exams)
            let isIn = !revoked.contains(sender)
            try answer(sender, isIn ? .approved(share) : .declined, at: now)
            return nil
        case .update(let site, let update):
            guard site == sender || settings.bug == .acceptsForeignUpdate,
                !revoked.contains(site), update.model == startModel(of: update.round)
            else { return .receipt(update.round, update.digest, .refused) }
            let contribution = Contribution(
                site: site,
                sha256: update.digest,
                examples: update.examples,
                score: settings.selects ? Vectors.score(of: update.model) : nil
            )
            let receipt = try take(contribution, update.values, update.round, at: now)
            return .receipt(update.round, update.digest, receipt)
        case .scores(let digest, let model):
            guard model == stage.machine?.model else { return nil }
            if settings.selects {
                try give(.scoreReported(sender, Vectors.score(of: model)), at: now)
            }
            try give(.scoresReceived(sender, digest), at: now)
            return .scoresReceived(digest)
        case .work, .receipt, .scoresReceived, .review: return nil
        }
    }

    private mutating func answer(
        _ site: SiteID,
        _ answer: RunApproval.Answer,
        at now: Duration
    ) throws(Crash) {
        guard case .approval(var approval) = stage else { return }
        approval.answer(site, answer)
        try save(.approval(approval), [], at: now) { _, _ in }
        try beginIfDecided(at: now)
    }

    private mutating func beginIfDecided(at now: Duration) throws(Crash) {
        guard case .approval(let approval) = stage, approval.isDecided(at: clock(now)) else {
            return
        }
        var begun: (stage: RunStage, effects: [RunEffect])?
        do throws(FederationError) {
            let configuration = try RunConfiguration(plan: plan, sites: approval.approvedShares)
            let digest = Vectors.digest(Self.initialModel)
            var machine = RunStateMachine(configuration, initialModel: digest)
            let effects = machine.on(.start, at: clock(now))
            begun = (.rounds(machine), effects)
        } catch {
            isRefused = true
        }
        guard let begun else { return }
        try save(begun.stage, begun.effects, at: now) { _, _ in }
        try perform(begun.effects, at: now)
    }

    private mutating func poll(
        _ site: SiteID,
        _ witnessed: Int64,
        at now: Duration
    ) throws(Crash) -> Message {
        if case .approval(let approval) = stage {
            return approval.isAwaiting(site) ? .review : .work(nil, model: [], isOver: false, nil)
        }
        var work = stage.machine?.work(for: site)
        if work != nil { try give(.siteReady(site), at: now) }
        work = stage.machine?.work(for: site)
        let model = work.flatMap { disk.read($0.model) } ?? []
        let shows = generator.nextUniform() < (settings.restoresBackup ? 0.3 : 0.02)
        return .work(
            work,
            model: model,
            isOver: isOver,
            shows ? view(from: witnessed) : nil
        )
    }

    private func view(from witnessed: Int64) -> Message.LogView? {
        let leaves = disk.database.leaves
        let tree = MerkleTree(leaves.map(\.hash))
        let checkpoint = Checkpoint(
            origin: signer.key.name,
            size: Int64(tree.size),
            root: tree.root(size: tree.size)
        )
        guard let note = try? checkpoint.signed(by: signer) else { return nil }
        let proof = tree.consistencyProof(from: Int(witnessed), to: tree.size) ?? []
        return Message.LogView(from: witnessed, note: note, proof: proof)
    }

    /// The model a round starts from, as recorded.
    private func startModel(of round: RoundNumber) -> SHA256Digest? {
        guard round.rawValue > 1 else { return Vectors.digest(Self.initialModel) }
        return RoundNumber(rawValue: round.rawValue - 1).flatMap { disk.database.models[$0] }
    }

    /// Exactly once: the same again gets the same answer, something else is a conflict.
    private mutating func take(
        _ contribution: Contribution,
        _ values: [Double],
        _ round: RoundNumber,
        at now: Duration
    ) throws(Crash) -> Message.Receipt {
        if let row = disk.database.row(contribution.site, round) {
            guard row.sha256 == contribution.sha256 else { return .conflict }
            return row.isAccepted ? .accepted : .rejected
        }
        switch stage.machine?.standing(of: contribution.site, round: round) ?? .wrongRound {
        case .expected: break
        case .counted(let digest): return digest == contribution.sha256 ? .accepted : .conflict
        case .settled, .wrongRound, .unknownSite: return .refused
        case .roundClosed: return .late
        }
        if let code = gate(contribution, values) {
            try give(.updateRejected(round, contribution.site, code), at: now) { database, log in
                database.record(contribution, round, isAccepted: false, log)
            }
            return .rejected
        }
        if settings.bug == .acknowledgesBeforeCommit && generator.nextUniform() < 0.2 {
            return .accepted
        }
        disk.write(values, as: contribution.sha256)
        try fault(now)
        disk.sync()
        try fault(now)
        return try count(contribution, round, at: now)
    }

    /// The order of the production gate, on what the simulation has: digest, finite, weight, norm.
    private func gate(
        _ contribution: Contribution,
        _ values: [Double]
    ) -> UpdateRejection.Code? {
        if values.count != Vectors.count { return .shapeMismatch }
        if Vectors.digest(values) != contribution.sha256 { return .digestMismatch }
        if !values.allSatisfy(\.isFinite) { return .nonFinite }
        if !(1...1000).contains(contribution.examples) { return .weightOutOfRange }
        if values.contains(where: { abs($0) > 1e10 }) { return .normAboveLimit }
        return nil
    }

    private mutating func count(
        _ contribution: Contribution,
        _ round: RoundNumber,
        at now: Duration
    ) throws(Crash) -> Message.Receipt {
        guard let machine = stage.machine else { return .refused }
        let event = RunEvent.updateAccepted(round, contribution)
        let step = RunStep(machine, taking: event, at: clock(now))
        try save(.rounds(step.machine), step.effects, at: now) { database, log in
            guard case .counted(let isLate) = step.verdict else { return }
            database.record(contribution, round, isAccepted: true, isLate: isLate, log)
        }
        arrivals.append(contribution.sha256)
        try perform(step.effects, at: now)
        if case .counted = step.verdict { return .accepted }
        return .late
    }

    // MARK: Effects

    private mutating func give(
        _ event: RunEvent,
        at now: Duration,
        _ change: (inout VirtualDisk.Database, AuditStamp) -> Void = { _, _ in }
    ) throws(Crash) {
        guard let machine = stage.machine else { return }
        let step = RunStep(machine, taking: event, at: clock(now))
        // What a restart may lose stays in memory, as in the real one.
        if step.mustBeKept(after: event) {
            try save(.rounds(step.machine), step.effects, at: now, change)
        } else {
            stage = .rounds(step.machine)
        }
        try perform(step.effects, at: now)
    }

    /// One transaction: the change, its audit records, and the machine.
    private mutating func save(
        _ next: RunStage,
        _ effects: [RunEffect],
        at now: Duration,
        _ change: (inout VirtualDisk.Database, AuditStamp) -> Void
    ) throws(Crash) {
        try fault(now)
        var database = disk.database
        let stamp = stamp(now)
        change(&database, stamp)
        for effect in effects {
            if settings.bug == .forgetsAuditRecord,
                case .closeRound(let round, let rollCall) = effect
            {
                database.rollCalls[round] = rollCall
                continue
            }
            database.record(effect, stamp)
        }
        database.snapshot = RunSnapshot(next, at: clock(now))
        disk.prepare(database)
        try fault(now)
        disk.commit()
        stage = next
        try fault(now)
    }

    private mutating func perform(_ effects: [RunEffect], at now: Duration) throws(Crash) {
        for effect in effects {
            switch effect {
            case .openRound(let round, _):
                arrivals = []
                try give(.roundOpened(round), at: now)
            case .aggregate(let round, let contributions):
                try aggregate(round, contributions, at: now)
            case .alarm: alarms += 1
            default: break
            }
        }
    }

    private mutating func aggregate(
        _ round: RoundNumber,
        _ contributions: [Contribution],
        at now: Duration
    ) throws(Crash) {
        guard let machine = stage.machine, let model = disk.read(machine.model) else {
            throw Crash()
        }
        var order = contributions
        if settings.bug == .sumsInArrivalOrder {
            order.sort {
                (arrivals.firstIndex(of: $0.sha256) ?? 0, $0.site)
                    < (arrivals.firstIndex(of: $1.sha256) ?? 0, $1.site)
            }
        }
        var updates: [(weight: Double, values: [Double])] = []
        var staleness: [Int] = []
        for contribution in order {
            guard let values = disk.read(contribution.sha256) else { throw Crash() }
            updates.append((plan.aggregation.weight(of: contribution, in: round), values))
            staleness.append(contribution.staleness(in: round))
        }
        let next = Vectors.next(
            model,
            updates,
            staleness: plan.aggregation.isAsynchronous ? staleness : nil
        )
        let digest = Vectors.digest(next)
        disk.write(next, as: digest)
        var control: SHA256Digest?
        if settings.hasControl {
            let variate = next.map { $0 / 2 }
            control = Vectors.digest(variate)
            disk.write(variate, as: Vectors.digest(variate))
        }
        try fault(now)
        if settings.bug != .namesUnsyncedModel { disk.sync() }
        try give(.aggregated(round, digest, control: control), at: now)
    }

    private mutating func admit(at now: Duration) throws(Crash) {
        var database = disk.database
        for share in shares {
            let object = AuditObject("site", share.site.rawValue)
            database.append(AuditEntry(.siteEnrol, by: .coordinator, on: object), stamp(now))
        }
        disk.prepare(database)
        disk.commit()
    }

    /// The wall clock is wrong by days now and then; nothing may depend on it.
    private mutating func stamp(_ now: Duration) -> AuditStamp {
        let skew = Int64.random(in: -86_400_000...86_400_000, using: &generator)
        let digits = String(boots, radix: 16)
        return AuditStamp(
            milliseconds: 1_790_000_000_000 + skew,
            boot: String(repeating: "0", count: 16 - digits.count) + digits,
            monotonicMilliseconds: clock(now).components.seconds * 1000
        )
    }
}
