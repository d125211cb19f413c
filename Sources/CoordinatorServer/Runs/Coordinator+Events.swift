import CoordinatorStore
import Durability
import Federation
import Logging
import WireProtocol

extension Coordinator {
    /// What the driver does for the runs, apart from every request.
    enum Job: Sendable {
        /// Give a run what waits for it.
        case turn(RunID)
        /// Combine updates.
        case aggregate(RunID, RoundNumber, [Contribution])
        /// Delete what nobody needs any more.
        case retire
    }

    /// Gives an input to a run and returns when it is recorded; what becomes of the update in it.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if the run does not go on, `busy` when stopping; a
    ///   failure of the database, after which nothing was changed.
    @discardableResult
    func give(_ input: RunInput, to run: RunID) async throws -> RunStep.Verdict? {
        guard runs[run] != nil else { throw CoordinatorError(.notFound) }
        guard !isStopping else { throw CoordinatorError(.busy, "the coordinator is stopping") }
        return try await withCheckedThrowingContinuation { waiter in
            add(RunLane.Entry(input: input, waiter: waiter), to: run)
        }
    }

    /// Gives an input to a run without waiting.
    func post(_ input: RunInput, to run: RunID) {
        guard runs[run] != nil, !isStopping else { return }
        add(RunLane.Entry(input: input, waiter: nil), to: run)
    }

    private func add(_ entry: RunLane.Entry, to run: RunID) {
        lanes[run, default: RunLane()].add(entry)
        if lanes[run]?.isBusy == false { jobs.add(.turn(run)) }
    }

    /// Does a job of the driver's.
    func perform(_ job: Job) async {
        switch job {
        case .turn(let run): await takeTurns(of: run)
        case .aggregate(let run, let round, let contributions):
            await withoutDeletions { await aggregate(round, contributions, of: run) }
        case .retire: await retire()
        }
    }

    /// Gives a run everything that waits for it: what comes while a transaction is written shares
    /// the next one.
    func takeTurns(of run: RunID) async {
        guard lanes[run]?.isBusy == false else { return }
        lanes[run]?.isBusy = true
        while let entries = lanes[run]?.next(), !entries.isEmpty {
            await take(entries, of: run)
        }
        lanes[run]?.isBusy = false
        if runs[run] == nil { lanes[run] = nil }
    }

    private func take(_ entries: [RunLane.Entry], of id: RunID) async {
        guard let run = runs[id] else {
            for entry in entries { entry.waiter?.resume(throwing: CoordinatorError(.notFound)) }
            return
        }
        let moment = now
        var turn = RunTurn(run, isInHours: run.plan.isInHours(at: milliseconds))
        let verdicts = entries.map { turn.take($0.input, at: moment) }
        do {
            if turn.isDurable {
                runs[id]?.next = turn.stage
                defer { runs[id]?.next = nil }
                try await store.record(
                    turn.records,
                    of: id,
                    leaving: RunSnapshot(turn.stage, at: moment)
                )
                runs[id]?.savedAt = moment
                runs[id]?.stage = turn.stage
            }
        } catch {
            await failed(entries, of: id, error)
            return
        }
        runs[id]?.stage = turn.stage
        for (entry, verdict) in zip(entries, verdicts) { entry.waiter?.resume(returning: verdict) }
        await follow(turn, of: id)
    }

    /// One input that does not fit must not take the others of its turn with it.
    private func failed(_ entries: [RunLane.Entry], of run: RunID, _ error: any Error) async {
        if isFatal(error) { stop(after: error) }
        guard entries.count > 1, !isStopping else {
            logger.error(
                "a change of a run was not recorded",
                metadata: ["run.id": "\(run)", "error": "\(error)"]
            )
            for entry in entries { turnAway(entry, of: run, error) }
            return
        }
        for entry in entries { await take([entry], of: run) }
    }

    /// Whoever waits tries again or not, as the answer says; what nobody waits for is kept for later.
    private func turnAway(_ entry: RunLane.Entry, of run: RunID, _ error: any Error) {
        if let waiter = entry.waiter {
            switch (error as? CoordinatorStoreError)?.code {
            case .conflict: waiter.resume(throwing: CoordinatorError(.conflict, "\(error)"))
            case .full: waiter.resume(throwing: CoordinatorError(.busy, "\(error)"))
            default: waiter.resume(throwing: error)
            }
        } else if case .event(let event, _) = entry.input, !event.isPassing {
            deferred[run, default: []].append(entry.input)
        }
    }

    /// Gives the runs again what could not be recorded when it came.
    func retryDeferred() {
        let inputs = deferred
        deferred = [:]
        for run in inputs.keys.sorted() {
            for input in inputs[run] ?? [] { post(input, to: run) }
        }
    }

    // MARK: Stopping

    /// Whether the disk lost something: then this process must end, and recover from what is there.
    func isFatal(_ error: any Error) -> Bool {
        switch error {
        case let error as CoordinatorStoreError:
            error.code == .storageFailed || error.code == .damaged
        case let error as FederationError: error.code == .syncFailed
        case let error as StorageFailure: error.step == .sync
        case let error as BlobFailure: error == .syncFailed
        default: false
        }
    }

    /// Ends the service: takes nothing more, answers nobody with a success.
    func stop(after error: any Error) {
        guard !isStopping else { return }
        logger.critical(
            "the disk failed; stopping, to go on from what is on it",
            metadata: ["error": "\(error)"]
        )
        isStopping = true
        jobs.fail(error)
    }

    /// Turns away everybody who still waits.
    func close() {
        isStopping = true
        for run in lanes.keys.sorted() {
            while let entries = lanes[run]?.next(), !entries.isEmpty {
                for entry in entries { entry.waiter?.resume(throwing: CoordinatorError(.busy)) }
            }
        }
    }
}
