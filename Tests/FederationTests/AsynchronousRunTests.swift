import Federation
import Foundation
import Testing

/// Runs whose rounds close when a buffer is full: nobody waits for a slow site, and what it sends
/// is not lost.
@Suite struct AsynchronousRunTests {
    private let names = ["a", "b", "c", "d"]

    /// A run of four sites in its first round, all of which have asked for work.
    private func opened(_ change: (inout Plan) -> Void = { _ in }) throws -> RunStateMachine {
        var plan = try TestPlan.plan()
        plan.rounds = 4
        plan.quorum = Quorum(sites: 2)
        plan.deadlineSeconds = 60
        plan.aggregation.strategy = .fedbuff
        plan.aggregation.buffer = 2
        plan.aggregation.maximumStaleness = 1
        change(&plan)
        var run = RunStateMachine(
            try RunConfiguration(
                plan: plan,
                sites: names.enumerated().map {
                    SiteShare(site: site($1), exams: 10 * ($0 + 1))
                }
            ),
            initialModel: digest("m0")
        )
        _ = run.on(.start, at: .zero)
        _ = run.on(.roundOpened(.first), at: .zero)
        for name in names { _ = run.on(.siteReady(site(name)), at: .zero) }
        return run
    }

    private func send(
        _ name: String,
        _ number: Int,
        to run: inout RunStateMachine,
        at seconds: Int
    ) -> (effects: [RunEffect], verdict: RunStep.Verdict?) {
        let contribution = Contribution(
            site: site(name),
            sha256: digest("\(name)\(number)"),
            examples: 5,
            score: 0.5
        )
        let event = RunEvent.updateAccepted(round(number), contribution)
        let step = RunStep(run, taking: event, at: .seconds(seconds))
        run = step.machine
        return (step.effects, step.verdict)
    }

    private func aggregated(_ effects: [RunEffect]) -> [Contribution]? {
        for case .aggregate(_, let contributions) in effects { return contributions }
        return nil
    }

    /// Ends the aggregation of a round and opens the next.
    private func next(_ run: inout RunStateMachine, after number: Int, at seconds: Int)
        -> [RunEffect]
    {
        _ = run.on(.aggregated(round(number), digest("m\(number)")), at: .seconds(seconds))
        return run.on(.roundOpened(round(number + 1)), at: .seconds(seconds))
    }

    @Test func `a full buffer closes the round, and a slow site counts later`() throws {
        var run = try opened()
        #expect(send("a", 1, to: &run, at: 5).verdict == .counted(isLate: false))
        #expect(run.work(for: site("a")) == nil, "the same model again would give the same bits")
        let closing = send("b", 1, to: &run, at: 6)
        #expect(aggregated(closing.effects)?.map(\.site) == [site("a"), site("b")])
        guard case .round(let closed) = run.phase else { return #expect(Bool(false)) }
        #expect(
            closed.rollCall.entries.map(\.outcome).suffix(2) == [
                .late(.stillTraining), .late(.stillTraining),
            ]
        )
        #expect(!closed.rollCall.largestSiteIsMissing, "d is at work")
        // c is in time for the next round, while this one is still being combined.
        #expect(send("c", 1, to: &run, at: 7).verdict == .counted(isLate: true))
        #expect(run.neededBlobs.isSuperset(of: [digest("c1"), digest("m0")]))
        #expect(run.isServed(digest("m0")))
        #expect(aggregated(next(&run, after: 1, at: 8)) == nil)
        #expect(
            send("d", 1, to: &run, at: 9).effects.contains {
                guard case .aggregate(round(2), let all) = $0 else { return false }
                return all.map(\.trainedIn) == [.first, .first]
                    && all.map(\.site) == [
                        site("c"), site("d"),
                    ]
            }
        )
    }

    @Test func `an update that is too old, or sent twice, does not count`() throws {
        var run = try opened()
        for number in 1...2 {
            for name in ["a", "b"] { _ = send(name, number, to: &run, at: number) }
            _ = next(&run, after: number, at: number)
        }
        #expect(run.round == round(3))
        #expect(send("c", 1, to: &run, at: 3).verdict == .turnedAway(.roundClosed))
        #expect(send("a", 2, to: &run, at: 3).verdict == .counted(isLate: true), "as before")
        let other = Contribution(site: site("a"), sha256: digest("other"), examples: 1)
        #expect(
            RunStep(run, taking: .updateAccepted(round(2), other), at: .seconds(3)).verdict
                == .turnedAway(.counted(digest("a2")))
        )
        #expect(send("d", 2, to: &run, at: 3).verdict == .counted(isLate: true))
        #expect(send("d", 3, to: &run, at: 4).verdict == .turnedAway(.settled), "one a round")
        #expect(send("d", 4, to: &run, at: 4).verdict == .turnedAway(.wrongRound))
    }

    @Test func `the deadline closes a round whose buffer is not full, with a quorum`() throws {
        var run = try opened { $0.aggregation.buffer = 3 }
        for name in ["a", "b"] { _ = send(name, 1, to: &run, at: 5) }
        #expect(aggregated(run.on(.tick, at: .seconds(60)))?.count == 2)
    }

    @Test func `a run that is restored goes on with what waits`() throws {
        var run = try opened()
        for name in ["a", "b", "c"] { _ = send(name, 1, to: &run, at: 5) }
        let snapshot = RunSnapshot(.rounds(run), at: .seconds(5))
        let stored = try JSONEncoder().encode(snapshot)
        let (stage, effects) = try JSONDecoder().decode(RunSnapshot.self, from: stored)
            .restored(at: .zero)
        var again = try #require(stage.machine)
        #expect(aggregated(effects)?.map(\.site) == [site("a"), site("b")])
        #expect(again.standing(of: site("c"), round: .first) == .counted(digest("c1")))
        _ = next(&again, after: 1, at: 1)
        #expect(
            aggregated(send("d", 1, to: &again, at: 2).effects)?.map(\.site) == [
                site("c"), site("d"),
            ]
        )
    }

    @Test func `stale updates do not score the newest model`() throws {
        var run = try opened { $0.selection = SelectionRules(rule: .best) }
        for name in ["a", "b"] { _ = send(name, 1, to: &run, at: 5) }
        _ = next(&run, after: 1, at: 6)
        for name in ["c", "d"] { _ = send(name, 1, to: &run, at: 7) }
        _ = next(&run, after: 2, at: 8)
        #expect(run.candidates.best?.model == digest("m0"))
    }

    @Test func `silence of a site that is at work since an earlier round is told`() throws {
        var run = try opened()
        _ = run.on(.heartbeat(site("d")), at: .seconds(4))
        for name in ["a", "b"] { _ = send(name, 1, to: &run, at: 5) }
        _ = next(&run, after: 1, at: 6)
        _ = run.on(.heartbeat(site("c")), at: .seconds(15))
        let alarms = run.on(.tick, at: .seconds(16)).compactMap {
            if case .alarm(_, let alarm) = $0 { alarm } else { nil }
        }
        #expect(alarms == [.siteSilent(site("d"))])
    }

    @Test func `FedBuff: old updates count less, and the divisor is that of fresh ones`() {
        let block = UpdateBlock([[3, -1], [0, 8]])
        var step = [0.0, 0.0]
        FedBuff(serverLearningRate: 0.5)
            .combine(block, weights: [1, 1], staleness: [0, 3], into: &step)
        // 0.5 × ([3, −1] + [0, 8] / √4) / 2
        #expect(step == [0.75, 0.75])
        step = [0, 0]
        FedBuff(serverLearningRate: 1)
            .combine(block, weights: [3, 1], staleness: [0, 0], into: &step)
        #expect(step == [2.25, 1.25], "without age it is the weighted mean")
    }
}
