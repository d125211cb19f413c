import CoordinatorStore
import Federation

/// What can be given to a run.
enum RunInput: Sendable {
    /// Something happened; the record stands for what came with it.
    case event(RunEvent, record: RunRecord? = nil)
    /// A site answered the plan.
    case answer(PlanAnswerRecord, RunApproval.Answer)
    /// The operator asks.
    case request(RunRequest)
    /// The operator revoked a site.
    case revoked(SiteID)
    /// Time has passed; `isKept` if that is to be remembered across a restart.
    case time(isKept: Bool)
    /// The hours of the plan's schedule have begun or ended.
    case schedule(isOpen: Bool)
}

/// Several inputs taken by a run one after the other, to be recorded in one transaction.
///
/// A pure value: computes what will be, and changes nothing until the database has it.
struct RunTurn {
    private let plan: Plan
    private let initialModel: SHA256Digest
    private var isInHours: Bool

    /// How far the run has come afterwards.
    private(set) var stage: RunStage
    /// What is recorded.
    private(set) var records: [RunRecord] = []
    /// What has to be done once it is recorded, in order.
    private(set) var effects: [RunEffect] = []
    /// Whether the database must know before anything is done.
    private(set) var isDurable = false
    /// Why the run cannot begin.
    private(set) var failure: String?

    /// A turn of a run; `isInHours` if the plan's schedule lets it work now.
    init(_ run: ActiveRun, isInHours: Bool) {
        self.isInHours = isInHours
        plan = run.plan
        initialModel = run.initialModel
        stage = run.stage
    }

    /// Whether the run is over.
    var isOver: Bool { failure != nil || stage.machine?.isOver ?? false }

    /// Takes an input at a monotonic time; returns what becomes of the update in it, if there is one.
    mutating func take(_ input: RunInput, at now: Duration) -> RunStep.Verdict? {
        guard failure == nil else { return nil }
        switch input {
        case .event(let event, let record): return take(event, record, at: now)
        case .answer(let record, let answer):
            note(.answer(record))
            if case .approval(var approval) = stage {
                approval.answer(record.site, answer)
                stage = .approval(approval)
            }
            beginIfDecided(at: now)
        case .request(let request): take(request, at: now)
        case .revoked(let site): turnOut(site, at: now)
        case .time(let isKept):
            isDurable = isDurable || isKept
            if case .approval = stage {
                beginIfDecided(at: now)
            } else {
                _ = take(.tick, nil, at: now)
            }
        case .schedule(let isOpen):
            isInHours = isOpen
            _ = take(isOpen ? .release(.schedule) : .hold(.schedule), nil, at: now)
        }
        return nil
    }

    private mutating func take(
        _ event: RunEvent,
        _ record: RunRecord?,
        at now: Duration
    ) -> RunStep.Verdict? {
        guard case .rounds(let machine) = stage else { return nil }
        let step = RunStep(machine, taking: event, at: now)
        if let record { note(record, event, step.verdict, before: machine) }
        follow(step.machine, step.effects)
        if step.mustBeKept(after: event) { isDurable = true }
        return step.verdict
    }

    /// An update that is not counted is not recorded, and the record of one that is says how.
    private mutating func note(
        _ record: RunRecord,
        _ event: RunEvent,
        _ verdict: RunStep.Verdict?,
        before machine: RunStateMachine
    ) {
        switch (record, verdict) {
        case (.accepted(let round, let site, let sha256, let bytes, let document, _), let verdict):
            guard case .counted(let isLate) = verdict else { return }
            note(.accepted(round, site, sha256, bytes: bytes, document: document, isLate: isLate))
        case (.rejected(let round, let site, _, _), _):
            if machine.standing(of: site, round: round) == .expected { note(record) }
        default: note(record)
        }
    }

    private mutating func take(_ request: RunRequest, at now: Duration) {
        note(.operation(request))
        guard case .rounds = stage else {
            if request.verb == .abort { fail("the operator ended the run before its first round") }
            return
        }
        switch request.verb {
        case .pause: _ = take(.hold(.byOperator), nil, at: now)
        case .abort: _ = take(.abort(.byOperator), nil, at: now)
        case .closeRound: _ = take(.closeRound, nil, at: now)
        case .resume: _ = take(.release(.byOperator), nil, at: now)
        }
    }

    private mutating func turnOut(_ site: SiteID, at now: Duration) {
        if case .approval(var approval) = stage {
            approval.answer(site, .declined)
            stage = .approval(approval)
            isDurable = true
            beginIfDecided(at: now)
        } else {
            _ = take(.siteRefused(site, .revoked), nil, at: now)
        }
    }

    private mutating func beginIfDecided(at now: Duration) {
        guard case .approval(let approval) = stage, approval.isDecided(at: now) else { return }
        do throws(FederationError) {
            let configuration = try RunConfiguration(plan: plan, sites: approval.approvedShares)
            var machine = RunStateMachine(configuration, initialModel: initialModel)
            if !isInHours { _ = machine.on(.hold(.schedule), at: now) }
            let effects = machine.on(.start, at: now)
            follow(machine, effects)
        } catch {
            fail("\(error)")
        }
    }

    private mutating func fail(_ reason: String) {
        failure = reason
        note(.failed(reason))
    }

    private mutating func follow(_ machine: RunStateMachine, _ effects: [RunEffect]) {
        stage = .rounds(machine)
        self.effects += effects
        for effect in effects where effect.isRecorded { note(.effect(effect)) }
    }

    private mutating func note(_ record: RunRecord) {
        records.append(record)
        isDurable = true
    }
}
