import CoordinatorStore
import Durability
import Federation
import Logging

extension Coordinator {
    /// Takes up what the operator did since the last look: new runs, and requests.
    func lookForOrders() async throws {
        for queued in try await store.openRuns()
        where !queued.isTakenUp && waitingRuns[queued.id] == nil && runs[queued.id] == nil {
            waitingRuns[queued.id] = queued
            for begun in queue.submit(queued.id, sites: queued.sites) { try await takeUp(begun) }
        }
        for request in try await store.openRequests() { try await carryOut(request) }
        try await turnOutRevokedSites()
    }

    /// Revocation takes a site out of its runs at once: nobody waits for it.
    private func turnOutRevokedSites() async throws {
        guard !runs.isEmpty else { return }
        let active = Set(try await store.activeSites())
        for run in runs.values.sorted(by: { $0.id < $1.id }) {
            for site in run.asked where !active.contains(site) && run.isIn(site) {
                try await give(.revoked(site), to: run.id)
            }
        }
    }

    /// Begins to ask a run's sites.
    private func takeUp(_ id: RunID) async throws {
        guard let queued = waitingRuns.removeValue(forKey: id) else { return }
        let plan: Plan
        do {
            plan = try Plan.parse(json: queued.planDocument)
        } catch {
            try await store.record([.failed("\(error)")], of: id)
            return try await advanceQueue(past: id)
        }
        let moment = now
        // Sites may answer until the first round may open.
        let untilStart = (plan.schedule?.startMilliseconds ?? 0) - milliseconds
        let limit: Duration = max(.seconds(plan.deadlineSeconds), .milliseconds(untilStart))
        let stage = RunStage.approval(
            RunApproval(asked: queued.sites, deadline: moment + limit)
        )
        try await store.record([.takenUp], of: id, leaving: RunSnapshot(stage, at: moment))
        CrashPoint.runTakenUp.pass()
        runs[id] = ActiveRun(queued, plan: plan, stage: stage, savedAt: moment)
        logger.notice("run waits for approvals", metadata: ["run.id": "\(id)"])
        await changed()
    }

    /// Takes a run out that is over, and begins those that waited for it.
    func advanceQueue(past id: RunID) async throws {
        for begun in queue.remove(id) { try await takeUp(begun) }
    }

    private func carryOut(_ request: RunRequest) async throws {
        logger.notice(
            "the operator asks",
            metadata: ["run.id": "\(request.run)", "request": "\(request.verb.rawValue)"]
        )
        if runs[request.run] != nil {
            try await give(.request(request), to: request.run)
            return await changed()
        }
        var records: [RunRecord] = [.operation(request)]
        let isQueued = waitingRuns.removeValue(forKey: request.run) != nil
        if isQueued && request.verb == .abort {
            records.append(.failed("the operator ended the run before it was taken up"))
        }
        try await store.record(records, of: request.run)
        if isQueued { try await advanceQueue(past: request.run) }
    }

    /// Lets go of a run that is over; its sites are told when they ask.
    func end(_ id: RunID) async {
        guard let run = runs.removeValue(forKey: id) else { return }
        endings += 1
        CrashPoint.runEnded.pass()
        let isCompleted = if case .completed = run.machine?.phase { true } else { false }
        toTell[id] = EndedRun(outcome: isCompleted ? "completed" : "failed", sites: run.asked)
        jobs.add(.retire)
        do {
            try await advanceQueue(past: id)
        } catch {
            if isFatal(error) { return stop(after: error) }
            logger.error("the next run was not taken up", metadata: ["error": "\(error)"])
        }
        await changed()
    }

    /// A run that is over, as long as one of its sites does not know.
    struct EndedRun: Sendable {
        let outcome: String
        var sites: [SiteID]
        var told: Set<SiteID> = []
    }

    /// The next run of which a site has to hear that it is over.
    ///
    /// A site that asks again has heard what it was told before.
    func nextEnding(for site: SiteID) async throws -> (run: RunID, outcome: String)? {
        for id in toTell.keys.sorted() {
            guard let ended = toTell[id], ended.sites.contains(site) else { continue }
            guard ended.told.contains(site) else {
                toTell[id]?.told.insert(site)
                return (id, ended.outcome)
            }
            try await store.record([.dismissed(site)], of: id)
            toTell[id]?.sites.removeAll { $0 == site }
            if toTell[id]?.sites.isEmpty ?? false { toTell[id] = nil }
        }
        return nil
    }
}
