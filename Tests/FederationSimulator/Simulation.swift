import AuditLog
package import Federation
import Tensors

/// A federation of production state machines in a world made of one seed: network, clocks, disks
/// and people that fail in every way a seed can think of.
///
/// The same seed gives the same history, event for event.
package struct Simulation {
    private enum Event {
        case toCoordinator(Int, Message)
        case toSite(Int, Message)
        case wake(Int, generation: Int)
        case trained(Int, generation: Int, SimulatedSite.Training)
        case coordinatorStarts
        case siteStarts(Int)
        case second
        case operation(Operation)
    }

    private enum Operation { case pause, resume, hoursEnd, hoursBegin, backup, restore, revoke }

    private let seed: UInt64
    private let settings: SimulationSettings
    private var now: Duration = .zero
    private var queue = EventQueue<Event>()
    private var network: VirtualNetwork
    private var coordinator: SimulatedCoordinator
    private var sites: [SimulatedSite]
    private var checker: InvariantChecker
    private var generator: SeededGenerator
    private var backup: VirtualDisk?
    private var restoredSize: Int64?
    private var report = SimulationReport(ending: .failed)

    /// The time after which a run that is not over is stuck.
    private static let end = SimulationSettings.faultsEnd + .seconds(450)

    /// The world of a seed; `change` sets what a test wants to be so.
    package init(
        seed: UInt64,
        plan: Plan,
        change: (inout SimulationSettings) -> Void = { _ in }
    ) throws {
        var settings = SimulationSettings(seed: seed)
        change(&settings)
        self.seed = seed
        self.settings = settings
        var plan = plan
        plan.rounds = settings.rounds
        plan.quorum = Quorum(sites: 2)
        plan.stragglers = settings.stragglers
        plan.sampling = settings.sampling.map(SamplingRules.init(sites:))
        if let buffer = settings.buffer {
            plan.aggregation.strategy = .fedbuff
            plan.aggregation.weighting = .examples
            plan.aggregation.serverLearningRate = 1
            plan.aggregation.buffer = buffer
            plan.aggregation.maximumStaleness = settings.maximumStaleness
        }
        plan.selection = settings.selects ? SelectionRules(rule: .best, patience: 2) : nil
        plan.deadlineSeconds = Int(SimulationSettings.roundLimit.components.seconds)
        plan.scoreDeadlineSeconds = plan.deadlineSeconds
        let shares = try (0..<settings.sites).map {
            SiteShare(site: try SiteID(validating: "site-\($0)"), exams: 10 + 7 * $0)
        }
        coordinator = try SimulatedCoordinator(
            plan: plan,
            shares: shares,
            settings: settings,
            seed: seed
        )
        let key = coordinator.key
        sites = (0..<settings.sites).map {
            SimulatedSite(index: $0, isHostile: $0 == settings.hostileSite, key: key, seed: seed)
        }
        checker = InvariantChecker(sites: sites, rules: plan.aggregation)
        network = VirtualNetwork(settings: settings, seed: seed)
        generator = SeededGenerator(seed: seed, stream: "world")
    }

    /// Plays the world to its end.
    ///
    /// - Throws: ``InvariantViolation`` with the seed to play it again.
    package mutating func run() throws(InvariantViolation) -> SimulationReport {
        plan()
        do throws(Breach) {
            while let next = queue.next() {
                now = next.time
                report.events += 1
                try handle(next.event)
                try check()
                if isFinished { return try conclude() }
                guard now < Self.end else {
                    throw Breach("the run is stuck in \(phase)")
                }
            }
            throw Breach("nothing more happens in \(phase)")
        } catch {
            let seconds = now / .seconds(1)
            throw InvariantViolation(seed: seed, seconds: seconds, message: error.message)
        }
    }

    private var phase: String { coordinator.run.map { "\($0.phase)" } ?? "approval" }

    private var isFinished: Bool { coordinator.isUp && coordinator.isOver }

    private mutating func plan() {
        queue.add(.coordinatorStarts, at: .zero)
        queue.add(.second, at: .seconds(1))
        for site in sites.indices {
            queue.add(.wake(site, generation: 0), at: .milliseconds(site * 37))
        }
        func moment() -> Duration { .seconds(Int.random(in: 5...140, using: &generator)) }
        if settings.pauses {
            let start = moment()
            queue.add(.operation(.pause), at: start)
        }
        if settings.hasHours { queue.add(.operation(.hoursEnd), at: moment()) }
        if settings.revokedSite != nil { queue.add(.operation(.revoke), at: moment()) }
        if settings.restoresBackup {
            let start = moment()
            queue.add(.operation(.backup), at: start)
            queue.add(.operation(.restore), at: start + .seconds(20))
        }
    }

    private mutating func check() throws(Breach) {
        guard coordinator.isUp else { return }
        try checker.check(coordinator.disk, coordinator.run)
    }

    // MARK: Events

    private mutating func handle(_ event: Event) throws(Breach) {
        switch event {
        case .coordinatorStarts:
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.start(at: now)
            }
        case .second: second()
        case .siteStarts(let site):
            sites[site].start()
            queue.add(.wake(site, generation: sites[site].generation), at: now)
        case .wake(let site, let generation): wake(site, generation)
        case .trained(let site, let generation, let work):
            guard sites[site].generation == generation, sites[site].isUp else { return }
            for message in sites[site].finish(work) { send(message, from: site) }
        case .toCoordinator(let site, let message): try deliver(message, from: site)
        case .toSite(let site, let message): try deliver(message, to: site)
        case .operation(let operation): operate(operation)
        }
    }

    /// Lets the coordinator act; if it dies there, it comes back a while later.
    private mutating func coordinated(
        _ body: (inout SimulatedCoordinator, Duration) throws(SimulatedCoordinator.Crash) -> Void
    ) {
        do throws(SimulatedCoordinator.Crash) {
            try body(&coordinator, now)
        } catch {
            coordinator.crash()
            let pause = Duration.milliseconds(Int.random(in: 100...20_000, using: &generator))
            queue.add(.coordinatorStarts, at: now + pause)
        }
    }

    private mutating func second() {
        queue.add(.second, at: now + .seconds(1))
        network.passSecond(at: now)
        if now < SimulationSettings.faultsEnd {
            for site in sites.indices where sites[site].isUp {
                guard generator.nextUniform() < settings.siteCrash else { continue }
                sites[site].crash()
                report.siteCrashes += 1
                let pause = Duration.seconds(Int.random(in: 1...30, using: &generator))
                queue.add(.siteStarts(site), at: now + pause)
            }
        }
        guard coordinator.isUp else { return }
        let late = now - SimulationSettings.faultsEnd
        let isTimeToClose = late > .zero && late.components.seconds % 20 == 0
        let isTimeToEnd = late > .seconds(400) && (restoredSize != nil || isHopeless)
        coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
            try coordinator.tick(at: now)
            if isTimeToClose { try coordinator.closeRound(at: now) }
            if isTimeToEnd { try coordinator.abort(at: now) }
        }
    }

    /// Whether the round waits, without a quorum, for nobody but a site that keeps to no rules.
    private var isHopeless: Bool {
        guard case .round(let round) = coordinator.run?.phase, let hostile = settings.hostileSite
        else { return false }
        return round.openSites == [sites[hostile].id]
    }

    private mutating func wake(_ site: Int, _ generation: Int) {
        guard sites[site].isUp, sites[site].generation == generation, !sites[site].isDone else {
            return
        }
        let (messages, again) = sites[site].wake()
        for message in messages { send(message, from: site) }
        queue.add(.wake(site, generation: generation), at: now + again)
    }

    private mutating func send(_ message: Message, from site: Int) {
        for delay in network.arrivals(link: site, at: now) {
            queue.add(.toCoordinator(site, message), at: now + delay)
        }
    }

    private mutating func deliver(_ message: Message, from site: Int) throws(Breach) {
        guard coordinator.isUp else { return }
        let id = sites[site].id
        var answer: Message?
        coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
            answer = try coordinator.answer(message, from: id, at: now)
        }
        guard let answer else { return }
        if case .receipt(let round, let digest, .accepted) = answer,
            case .update(let named, _) = message
        {
            try checker.noteAcknowledgement(named, round, digest, coordinator.disk.database)
        }
        for delay in network.arrivals(link: site, at: now) {
            queue.add(.toSite(site, answer), at: now + delay)
        }
    }

    private mutating func deliver(_ message: Message, to site: Int) throws(Breach) {
        let (messages, begun) = try sites[site].take(message)
        for message in messages { send(message, from: site) }
        if let begun {
            queue.add(
                .trained(site, generation: sites[site].generation, begun),
                at: now + begun.duration
            )
        }
        guard let refusal = sites[site].refusal, restoredSize == nil else { return }
        throw Breach("\(sites[site].id) refused an honest log (\(refusal.rawValue))")
    }

    private mutating func operate(_ operation: Operation) {
        switch operation {
        case .pause:
            guard coordinator.isUp else { return retry(operation) }
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.pause(at: now)
            }
            queue.add(.operation(.resume), at: now + .seconds(30))
        case .resume:
            guard coordinator.isUp else { return retry(operation) }
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.resume(at: now)
            }
            // The operator looks whether it worked.
            if coordinator.run?.heldBy.contains(.byOperator) ?? false { retry(operation) }
        case .hoursEnd:
            guard coordinator.isUp else { return retry(operation) }
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.keepHours(isOpen: false, at: now)
            }
            queue.add(.operation(.hoursBegin), at: now + .seconds(25))
        case .hoursBegin:
            guard coordinator.isUp else { return retry(operation) }
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.keepHours(isOpen: true, at: now)
            }
            if coordinator.run?.heldBy.contains(.schedule) ?? false { retry(operation) }
        case .revoke:
            guard coordinator.isUp, let revoked = settings.revokedSite else {
                return retry(operation)
            }
            let id = sites[revoked].id
            coordinated { coordinator, now throws(SimulatedCoordinator.Crash) in
                try coordinator.revoke(id, at: now)
            }
        case .backup: backup = coordinator.disk
        case .restore:
            guard coordinator.isUp, let backup else { return retry(operation) }
            coordinator.crash()
            if backup.database.leaves.count < coordinator.disk.database.leaves.count {
                restoredSize = Int64(backup.database.leaves.count)
            }
            coordinator.disk.restore(backup.database, backup.files)
            checker.forget(to: backup.database)
            queue.add(.coordinatorStarts, at: now + .seconds(1))
            // The backup may be of a time when the run was held; the operator lets it go on.
            if settings.pauses { queue.add(.operation(.resume), at: now + .seconds(30)) }
            if settings.hasHours { queue.add(.operation(.hoursBegin), at: now + .seconds(30)) }
        }
    }

    private mutating func retry(_ operation: Operation) {
        queue.add(.operation(operation), at: now + .seconds(3))
    }

    // MARK: End

    private mutating func conclude() throws(Breach) -> SimulationReport {
        let database = coordinator.disk.database
        var verification = BundleVerifier(trust: TrustedKeys([]))
            .begin(log: "coordinator", notes: [])
        for stored in database.leaves { verification.add(stored.leaf, storedHash: stored.hash) }
        if let fault = verification.finish().faults.first {
            throw Breach("the audit log does not verify: \(fault)")
        }
        if case .completed = coordinator.run?.phase {
            report.ending = .completed
        } else if sites.contains(where: { $0.refusal != nil }) {
            report.ending = .refusedOlderHistory
        }
        report.coordinatorCrashes = coordinator.crashes
        report.lost = network.lost
        report.repeated = network.repeated
        report.acknowledged = checker.acknowledgements
        let calls = database.rollCalls.keys.sorted().compactMap { database.rollCalls[$0] }
        let late = calls.flatMap(\.contributions).count { $0.trainedIn != nil }
        if settings.buffer == nil { report.countedLate = late } else { report.countedStale = late }
        try compareWithUndisturbed(calls)
        try checkSelection(calls)
        return report
    }

    /// The result is the model with the highest score of those that sites scored.
    private mutating func checkSelection(_ calls: [RollCall]) throws(Breach) {
        guard settings.selects, report.ending == .completed, settings.hostileSite == nil,
            let model = coordinator.run?.model
        else { return }
        let database = coordinator.disk.database
        var models: [SHA256Digest] = []
        for (index, call) in calls.enumerated()
        where call.contributions.contains(where: { $0.trainedIn == nil }) {
            let start = RoundNumber(rawValue: index).flatMap { database.models[$0] }
            models.append(start ?? Vectors.digest(SimulatedCoordinator.initialModel))
        }
        if let last = database.models.max(by: { $0.key < $1.key }) { models.append(last.value) }
        guard let best = models.map(Vectors.score).max(), Vectors.score(of: model) == best else {
            throw Breach("the result is not the best of the models that were scored")
        }
        if calls.count < settings.rounds { report.stoppedEarly = true }
    }

    /// Where every round had every site, the final model has the bits of a run without faults.
    private mutating func compareWithUndisturbed(_ calls: [RollCall]) throws(Breach) {
        let isWhole = calls.allSatisfy {
            $0.contributions.count == sites.count
                && $0.contributions.allSatisfy { $0.trainedIn == nil }
        }
        guard report.ending == .completed, isWhole, settings.hostileSite == nil,
            !settings.selects
        else { return }
        var model = SimulatedCoordinator.initialModel
        for _ in 0..<settings.rounds {
            let digest = Vectors.digest(model)
            let updates = sites.map { site in
                (Double(site.examples), Vectors.update(of: site.id, on: digest))
            }
            model = Vectors.next(model, updates.map { (weight: $0.0, values: $0.1) })
        }
        guard Vectors.digest(model) == coordinator.run?.model else {
            throw Breach("the final model is not that of an undisturbed run")
        }
        report.isUndisturbed = true
    }
}
