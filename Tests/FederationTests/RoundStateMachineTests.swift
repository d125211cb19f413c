import Federation
import Testing

@Suite struct RoundStateMachineTests {
    let start = digest("model-0")
    let roster = [
        SiteShare(site: site("c"), exams: 50, positives: 5),
        SiteShare(site: site("a"), exams: 30, positives: 10),
        SiteShare(site: site("b"), exams: 20, positives: 5),
    ]

    func machine(
        quorum: Quorum = Quorum(sites: 2),
        refused: [SiteID: RefusalReason] = [:]
    ) -> RoundStateMachine {
        RoundStateMachine(
            round: .first,
            model: start,
            roster: roster,
            quorum: quorum,
            timeLimit: .seconds(60),
            refused: refused
        )
    }

    func opened(quorum: Quorum = Quorum(sites: 2)) -> RoundStateMachine {
        var machine = machine(quorum: quorum)
        _ = machine.on(.opened, at: .seconds(100))
        return machine
    }

    @Test func `opening assigns the work to every site in order and starts the clock`() {
        var machine = machine()
        #expect(machine.work(for: site("a")) == nil && machine.deadline == nil)
        let work = SiteWork.train(.first, model: start)
        #expect(
            machine.on(.opened, at: .seconds(100)) == [
                .assign(site("a"), work), .assign(site("b"), work), .assign(site("c"), work),
            ]
        )
        #expect(machine.deadline == .seconds(160))
        #expect(machine.on(.opened, at: .seconds(150)) == [])
        #expect(machine.deadline == .seconds(160))
    }

    @Test func `a site that asks again gets the same work again`() {
        var machine = opened()
        let answer = [RunEffect.assign(site("b"), .train(.first, model: start))]
        #expect(machine.on(.siteReady(site("b")), at: .seconds(101)) == answer)
        #expect(machine.on(.siteReady(site("b")), at: .seconds(102)) == answer)
        _ = machine.on(.updateAccepted(update("b")), at: .seconds(103))
        #expect(machine.on(.siteReady(site("b")), at: .seconds(104)) == [])
        #expect(machine.on(.siteReady(site("x")), at: .seconds(104)) == [])
    }

    @Test func `all contributions in: aggregate at once, in the order of site ids`() {
        var machine = opened()
        #expect(machine.on(.updateAccepted(update("c")), at: .seconds(101)) == [])
        #expect(machine.on(.updateAccepted(update("a")), at: .seconds(102)) == [])
        #expect(
            machine.on(.updateAccepted(update("b")), at: .seconds(103))
                == [.aggregate(.first, [update("a"), update("b"), update("c")])]
        )
        let effects = machine.on(.aggregated(digest("model-1")), at: .seconds(104))
        #expect(effects.count == 2 && effects.first == .publishModel(.first, digest("model-1")))
        guard case .closed(let rollCall, digest("model-1")) = machine.state else {
            Issue.record("the round is not closed")
            return
        }
        #expect(rollCall.missingExamShare == 0 && !rollCall.largestSiteIsMissing)
    }

    @Test func `the deadline closes the round and names the late sites`() {
        var machine = opened()
        _ = machine.on(.siteReady(site("c")), at: .seconds(101))
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(102))
        #expect(machine.on(.tick, at: .seconds(159)) == [])
        _ = machine.on(.updateAccepted(update("b")), at: .seconds(159))
        #expect(
            machine.on(.tick, at: .seconds(160))
                == [.aggregate(.first, [update("a"), update("b")])]
        )
        let late = machine.rollCall.entries.first { $0.share.site == site("c") }
        #expect(late?.outcome == .late(.notDelivered))
        #expect(machine.rollCall.missingExamShare == 0.5)
        #expect(machine.rollCall.missingPositiveShare == 0.25)
        #expect(machine.rollCall.largestSiteIsMissing)
    }

    @Test func `an update after the deadline is late even if no tick came between`() {
        var machine = opened()
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(102))
        _ = machine.on(.updateAccepted(update("b")), at: .seconds(103))
        #expect(
            machine.on(.updateAccepted(update("c")), at: .seconds(161)) == [
                .aggregate(.first, [update("a"), update("b")]),
                .turnAway(site("c"), .roundClosed),
            ]
        )
        #expect(machine.standing(of: site("c")) == .roundClosed)
        let late = machine.rollCall.entries.first { $0.share.site == site("c") }
        #expect(late?.outcome == .late(.neverAsked))
    }

    @Test func `too few sites at the deadline fail the round with names and reasons`() {
        var machine = opened(quorum: Quorum(sites: 3))
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(101))
        _ = machine.on(.updateAccepted(update("b")), at: .seconds(101))
        let effects = machine.on(.tick, at: .seconds(160))
        guard case .closeRound(.first, _) = effects.first, case .fail(let failure) = effects.last
        else {
            Issue.record("the round did not fail")
            return
        }
        #expect(failure.code == .quorumNotMet)
        #expect(failure.message.contains("2 of 3 sites"))
        #expect(failure.message.contains("late 1: c (never-asked)"))
        #expect(
            machine.on(.updateAccepted(update("c")), at: .seconds(161)).last
                == .turnAway(site("c"), .roundClosed)
        )
    }

    @Test func `too small a share of the exams fails the round`() {
        var machine = opened(quorum: Quorum(sites: 1, examShare: 0.6))
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(101))
        _ = machine.on(.updateAccepted(update("b")), at: .seconds(101))
        guard case .fail(let failure) = machine.on(.tick, at: .seconds(160)).last else {
            Issue.record("the round did not fail")
            return
        }
        #expect(failure.message.contains("50.0 % of the exams"))
    }

    @Test func `a quorum that can no longer be met fails the round before the deadline`() {
        var machine = opened(quorum: Quorum(sites: 2))
        #expect(machine.on(.siteRefused(site("a"), .outsideHours), at: .seconds(101)) == [])
        let effects = machine.on(.siteFailed(site("b"), .trainingFailed), at: .seconds(102))
        guard case .fail(let failure) = effects.last else {
            Issue.record("the round did not fail")
            return
        }
        #expect(failure.message.contains("refused 1: a (outside-hours)"))
        #expect(failure.message.contains("failed 1: b (training-failed)"))
    }

    @Test func `refused, rejected and failed sites do not hold the round up`() {
        var machine = opened(quorum: Quorum(sites: 1))
        _ = machine.on(.siteRefused(site("a"), .planDeclined), at: .seconds(101))
        _ = machine.on(.updateRejected(site("b"), .nonFinite), at: .seconds(102))
        #expect(
            machine.on(.updateAccepted(update("c")), at: .seconds(103))
                == [.aggregate(.first, [update("c")])]
        )
        #expect(
            machine.rollCall.text
                == "contributed 1: c; late 0; refused 1: a (plan-declined); "
                + "failed 1: b (rejected-non-finite)"
        )
    }

    @Test func `the first outcome of a site stands`() {
        var machine = opened()
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(101))
        #expect(machine.on(.updateAccepted(update("a")), at: .seconds(102)) == [])
        #expect(
            machine.on(.updateAccepted(update("a", examples: 10, "other")), at: .seconds(102))
                == [.turnAway(site("a"), .counted(digest("a")))]
        )
        #expect(machine.on(.siteFailed(site("a"), .contactLost), at: .seconds(103)) == [])
        #expect(machine.rollCall.contributions == [update("a")])
        _ = machine.on(.updateRejected(site("b"), .normAboveLimit), at: .seconds(103))
        #expect(
            machine.on(.updateAccepted(update("b")), at: .seconds(104))
                == [.turnAway(site("b"), .settled)]
        )
    }

    @Test func `an unknown site is turned away`() {
        var machine = opened()
        #expect(
            machine.on(.updateAccepted(update("x")), at: .seconds(101))
                == [.turnAway(site("x"), .unknownSite)]
        )
        #expect(machine.standing(of: site("x")) == .unknownSite)
    }

    @Test func `sites that are out for the run are refused from the start`() {
        var machine = machine(refused: [site("c"): .revoked])
        #expect(machine.on(.opened, at: .zero).count == 2)
        _ = machine.on(.updateAccepted(update("a")), at: .seconds(1))
        #expect(machine.on(.updateAccepted(update("b")), at: .seconds(2)).count == 1)
        #expect(machine.rollCall.text.contains("refused 1: c (revoked)"))
    }

    @Test func `aggregation can fail, and an abort ends any state once`() {
        var failing = opened(quorum: Quorum(sites: 1))
        for name in ["a", "b", "c"] { _ = failing.on(.updateAccepted(update(name)), at: .zero) }
        guard case .fail(let failure) = failing.on(.aggregationFailed(.fileAccess), at: .zero).last
        else {
            Issue.record("the round did not fail")
            return
        }
        #expect(failure.code == .aggregationFailed)
        #expect(failing.on(.abort(.byOperator), at: .zero) == [])
        #expect(failing.on(.aggregated(digest("m")), at: .zero) == [])

        var aborted = opened()
        guard case .fail(let reason) = aborted.on(.abort(.byOperator), at: .zero).last else {
            Issue.record("the round was not aborted")
            return
        }
        #expect(reason.code == .aborted && reason.message.contains("by-operator"))
    }

    @Test func `events out of their state change nothing`() {
        var planned = machine()
        let before = planned
        #expect(planned.on(.tick, at: .seconds(1000)) == [])
        #expect(planned.on(.aggregated(digest("m")), at: .zero) == [])
        #expect(
            planned.on(.updateAccepted(update("a")), at: .zero)
                == [.turnAway(site("a"), .roundClosed)]
        )
        #expect(planned == before)
        var collecting = opened()
        let then = collecting
        #expect(collecting.on(.aggregated(digest("m")), at: .seconds(101)) == [])
        #expect(collecting.on(.aggregationFailed(.noUpdates), at: .seconds(101)) == [])
        #expect(collecting == then)
    }
}
