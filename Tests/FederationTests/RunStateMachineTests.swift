import Federation
import Testing

@Suite struct RunStateMachineTests {
    let shares = [
        SiteShare(site: site("a"), exams: 30, positives: 10),
        SiteShare(site: site("b"), exams: 20, positives: 5),
    ]

    func run(rounds: Int = 2, quorum: Int = 1) throws -> RunStateMachine {
        var plan = try TestPlan.plan()
        plan.rounds = rounds
        plan.quorum = Quorum(sites: quorum)
        plan.deadlineSeconds = 60
        plan.scoreDeadlineSeconds = 90
        return RunStateMachine(
            try RunConfiguration(plan: plan, sites: shares),
            initialModel: digest("m0")
        )
    }

    /// Plays a whole round with both sites and returns the effects of its end.
    func play(
        _ number: Int,
        _ machine: inout RunStateMachine,
        at now: Duration
    ) -> [RunEffect] {
        _ = machine.on(.roundOpened(round(number)), at: now)
        _ = machine.on(.updateAccepted(round(number), update("b")), at: now)
        _ = machine.on(.updateAccepted(round(number), update("a")), at: now)
        return machine.on(.aggregated(round(number), digest("m\(number)")), at: now)
    }

    @Test func `a run goes through its rounds, then every site scores the final model`() throws {
        var machine = try run()
        #expect(machine.on(.start, at: .zero) == [.openRound(round(1), model: digest("m0"))])
        let first = play(1, &machine, at: .seconds(1))
        #expect(first.last == .openRound(round(2), model: digest("m1")))
        #expect(machine.work(for: site("a")) == nil)
        let last = play(2, &machine, at: .seconds(2))
        let work = SiteWork.score(round(2), model: digest("m2"))
        #expect(
            Array(last.suffix(3)) == [
                .requestScores(round(2), model: digest("m2")), .assign(site("a"), work),
                .assign(site("b"), work),
            ]
        )
        #expect(machine.deadline == .seconds(92) && machine.work(for: site("b")) == work)
        #expect(machine.on(.scoresReceived(site("b"), digest("s")), at: .seconds(3)) == [])
        let end = machine.on(.scoresReceived(site("a"), digest("t")), at: .seconds(4))
        guard case .complete(digest("m2"), let scores) = end.last else {
            Issue.record("the run is not complete")
            return
        }
        #expect(scores.contributions.map(\.site) == [site("a"), site("b")] && machine.isOver)
    }

    @Test func `the last round is followed by scoring whoever is missing, and names them`() throws {
        var machine = try run(rounds: 1)
        _ = machine.on(.start, at: .zero)
        _ = play(1, &machine, at: .zero)
        _ = machine.on(.scoresReceived(site("a"), digest("t")), at: .seconds(4))
        guard case .complete(_, let scores) = machine.on(.tick, at: .seconds(90)).last else {
            Issue.record("the run is not complete")
            return
        }
        #expect(scores.text.contains("late 1: b"))
    }

    @Test func `a run that nobody scored fails and says so`() throws {
        var machine = try run(rounds: 1)
        _ = machine.on(.start, at: .zero)
        _ = play(1, &machine, at: .zero)
        _ = machine.on(.siteFailed(round(1), site("a"), .scoringFailed), at: .zero)
        guard case .fail(let failure) = machine.on(.tick, at: .seconds(90)).last else {
            Issue.record("the run did not fail")
            return
        }
        #expect(failure.code == .noScores && failure.message.contains("scoring-failed"))
    }

    @Test func `a failed round fails the run`() throws {
        var machine = try run(quorum: 2)
        _ = machine.on(.start, at: .zero)
        _ = machine.on(.roundOpened(round(1)), at: .zero)
        let effects = machine.on(.siteFailed(round(1), site("a"), .contactLost), at: .zero)
        guard case .fail(let failure) = effects.last, case .failed(failure) = machine.phase else {
            Issue.record("the run did not fail")
            return
        }
        #expect(machine.isOver && machine.deadline == nil)
        #expect(
            machine.on(.updateAccepted(round(1), update("b")), at: .zero)
                == [.turnAway(site("b"), .roundClosed)]
        )
    }

    @Test func `a revoked site stays out, one outside its hours comes back`() throws {
        var machine = try run()
        _ = machine.on(.start, at: .zero)
        _ = machine.on(.roundOpened(round(1)), at: .zero)
        _ = machine.on(.siteRefused(site("a"), .outsideHours), at: .zero)
        _ = machine.on(.siteRefused(site("b"), .revoked), at: .zero)
        guard case .failed = machine.phase else {
            Issue.record("a round without a site must fail")
            return
        }
        var other = try run()
        _ = other.on(.start, at: .zero)
        _ = other.on(.roundOpened(round(1)), at: .zero)
        _ = other.on(.siteRefused(site("b"), .revoked), at: .zero)
        _ = other.on(.updateAccepted(round(1), update("a")), at: .zero)
        _ = other.on(.aggregated(round(1), digest("m1")), at: .zero)
        #expect(
            other.on(.roundOpened(round(2)), at: .zero)
                == [.assign(site("a"), .train(round(2), model: digest("m1")))]
        )
        #expect(other.work(for: site("b")) == nil && other.excluded == [site("b"): .revoked])
    }

    @Test func `events about another round do not count`() throws {
        var machine = try run()
        _ = machine.on(.start, at: .zero)
        _ = play(1, &machine, at: .zero)
        _ = machine.on(.roundOpened(round(2)), at: .zero)
        #expect(
            machine.on(.updateAccepted(round(1), update("a", examples: 1, "old")), at: .zero)
                == [.turnAway(site("a"), .roundClosed)]
        )
        #expect(
            machine.on(.updateAccepted(round(3), update("a")), at: .zero)
                == [.turnAway(site("a"), .wrongRound)]
        )
        #expect(machine.on(.siteFailed(round(1), site("a"), .contactLost), at: .zero) == [])
        #expect(machine.standing(of: site("a"), round: round(2)) == .expected)
        #expect(machine.standing(of: site("x"), round: round(2)) == .unknownSite)
    }

    @Test func `an event about another round after the deadline still closes the round`() throws {
        var machine = try run()
        _ = machine.on(.start, at: .zero)
        _ = machine.on(.roundOpened(round(1)), at: .zero)
        _ = machine.on(.updateAccepted(round(1), update("a")), at: .seconds(1))
        let effects = machine.on(.updateAccepted(round(9), update("b")), at: .seconds(61))
        #expect(effects.first == .aggregate(round(1), [update("a")]))
    }

    @Test func `an abort ends a run in any phase, once`() throws {
        var created = try run()
        guard case .fail(let failure) = created.on(.abort(.byOperator), at: .zero).last else {
            Issue.record("the run was not aborted")
            return
        }
        #expect(failure.code == .aborted && created.on(.abort(.byOperator), at: .zero) == [])
        #expect(created.on(.start, at: .zero) == [])
        var scoring = try run(rounds: 1)
        _ = scoring.on(.start, at: .zero)
        _ = play(1, &scoring, at: .zero)
        _ = scoring.on(.abort(.coordinatorStopping), at: .zero)
        #expect(scoring.isOver)
    }

    @Test func `a run with fewer sites than its quorum is refused before it starts`() throws {
        var plan = try TestPlan.plan()
        plan.quorum = Quorum(sites: 3)
        let error = #expect(throws: FederationError.self) {
            try RunConfiguration(plan: plan, sites: shares)
        }
        #expect(error?.code == .quorumUnreachable)
        #expect(throws: FederationError.self) {
            try RunConfiguration(plan: plan, sites: shares + shares)
        }
    }
}
