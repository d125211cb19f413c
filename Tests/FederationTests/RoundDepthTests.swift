import Federation
import Foundation
import Testing

/// Stragglers, silence, pause, sampling, selection, restart: what a run does beyond the plain way.
@Suite struct RoundDepthTests {
    private let names = ["a", "b", "c", "d"]

    private func run(_ change: (inout Plan) -> Void = { _ in }) throws -> RunStateMachine {
        var plan = try TestPlan.plan()
        plan.rounds = 3
        plan.quorum = Quorum(sites: 2)
        plan.deadlineSeconds = 60
        change(&plan)
        let shares = names.enumerated().map { index, name in
            SiteShare(site: site(name), exams: 10 * (index + 1), positives: 1)
        }
        return RunStateMachine(
            try RunConfiguration(plan: plan, sites: shares),
            initialModel: digest("start")
        )
    }

    private func opened(_ change: (inout Plan) -> Void = { _ in }) throws -> RunStateMachine {
        var run = try run(change)
        _ = run.on(.start, at: .zero)
        _ = run.on(.roundOpened(.first), at: .zero)
        return run
    }

    private func send(
        _ name: String,
        to run: inout RunStateMachine,
        round number: Int = 1,
        at seconds: Int,
        score: Double? = nil
    ) -> [RunEffect] {
        let contribution = Contribution(
            site: site(name),
            sha256: digest("\(name)\(number)"),
            examples: 5,
            score: score
        )
        return run.on(.updateAccepted(round(number), contribution), at: .seconds(seconds))
    }

    private func aggregated(_ effects: [RunEffect]) -> [Contribution]? {
        for case .aggregate(_, let contributions) in effects { return contributions }
        return nil
    }

    private func alarms(_ effects: [RunEffect]) -> [RoundAlarm] {
        effects.compactMap { if case .alarm(_, let alarm) = $0 { alarm } else { nil } }
    }

    @Test func `waiting: the deadline raises an alarm, the last site or the operator closes`()
        throws
    {
        var run = try opened { $0.stragglers = .wait }
        for name in ["a", "b", "c"] { #expect(send(name, to: &run, at: 5).isEmpty) }
        #expect(alarms(run.on(.tick, at: .seconds(60))) == [.overdue([site("d")])])
        #expect(run.on(.tick, at: .seconds(600)).isEmpty && run.nextWake == nil)
        var closed = run
        #expect(aggregated(closed.on(.closeRound, at: .seconds(700)))?.count == 3)
        #expect(aggregated(send("d", to: &run, at: 900))?.count == 4)
        var early = try opened { $0.stragglers = .wait }
        _ = send("a", to: &early, at: 5)
        #expect(early.on(.closeRound, at: .seconds(6)).isEmpty, "closed without a quorum")
    }

    @Test func `counting late: what comes after the deadline counts in the next round`() throws {
        var run = try opened { $0.stragglers = .countLate }
        for name in ["a", "b"] { _ = send(name, to: &run, at: 5) }
        // The deadline passes with the late update itself.
        let closing = send("c", to: &run, at: 61)
        #expect(aggregated(closing)?.map(\.site) == [site("a"), site("b")])
        #expect(run.standing(of: site("c"), round: .first) == .counted(digest("c1")))
        #expect(run.standing(of: site("d"), round: .first) == .expected)
        #expect(run.standing(of: site("a"), round: .first) == .counted(digest("a1")))
        _ = run.on(.aggregated(.first, digest("m1")), at: .seconds(62))
        _ = run.on(.roundOpened(round(2)), at: .seconds(63))
        #expect(send("d", to: &run, at: 70).isEmpty)
        #expect(run.standing(of: site("d"), round: .first) == .counted(digest("d1")))
        // c sends a newer one; d does not.
        _ = send("c", to: &run, round: 2, at: 80)
        _ = send("a", to: &run, round: 2, at: 80)
        let counted = aggregated(run.on(.tick, at: .seconds(123)))
        #expect(counted?.map(\.sha256) == [digest("a2"), digest("c2"), digest("d1")])
        #expect(counted?.map(\.trainedIn) == [nil, nil, .first])
        let rules = try TestPlan.plan().aggregation
        #expect(rules.weight(of: counted?[2] ?? update("x"), in: round(2)) == 5 / 2.0.squareRoot())
        // The door of round 1 is shut, that of round 2 open for b.
        #expect(run.standing(of: site("b"), round: .first) == .roundClosed)
        #expect(run.standing(of: site("b"), round: round(2)) == .expected)
    }

    @Test func `nothing is counted late after the last round, or twice, or from the revoked`()
        throws
    {
        var run = try opened {
            $0.stragglers = .countLate
            $0.rounds = 2
        }
        for name in ["a", "b"] { _ = send(name, to: &run, at: 5) }
        _ = send("c", to: &run, at: 61)
        let other = Contribution(site: site("c"), sha256: digest("other"), examples: 1)
        let again = run.on(.updateAccepted(.first, other), at: .seconds(62))
        #expect(again == [.turnAway(site("c"), .counted(digest("c1")))])
        _ = run.on(.siteRefused(site("d"), .revoked), at: .seconds(62))
        #expect(run.standing(of: site("d"), round: .first) == .roundClosed)
        _ = run.on(.siteRefused(site("c"), .revoked), at: .seconds(62))
        _ = run.on(.aggregated(.first, digest("m1")), at: .seconds(63))
        _ = run.on(.roundOpened(round(2)), at: .seconds(63))
        _ = send("a", to: &run, round: 2, at: 70)
        let last = send("b", to: &run, round: 2, at: 71)
        #expect(aggregated(last)?.map(\.site) == [site("a"), site("b")])
        #expect(run.standing(of: site("c"), round: round(2)) != .expected)
    }

    @Test func `a missed quorum gets more time as often as the plan says`() throws {
        var run = try opened { $0.quorum.extensions = 2 }
        _ = send("a", to: &run, at: 5)
        let all = ["b", "c", "d"].map { site($0) }
        #expect(alarms(run.on(.tick, at: .seconds(60))) == [.extended(all)])
        #expect(run.deadline == .seconds(120))
        #expect(alarms(run.on(.tick, at: .seconds(120))) == [.extended(all)])
        var failed = run
        guard case .fail = failed.on(.tick, at: .seconds(180)).last else {
            Issue.record("the run did not fail")
            return
        }
        _ = send("b", to: &run, at: 170)
        #expect(aggregated(run.on(.tick, at: .seconds(180)))?.count == 2)
    }

    @Test func `a dead site is told from a slow one within ten seconds`() throws {
        var run = try opened()
        for name in ["c", "d"] {
            _ = run.on(.siteReady(site(name)), at: .seconds(1))
            _ = run.on(.heartbeat(site(name)), at: .seconds(2))
        }
        #expect(run.nextWake == .seconds(12))
        _ = run.on(.heartbeat(site("c")), at: .seconds(9))
        #expect(run.on(.tick, at: .seconds(11)).isEmpty)
        #expect(alarms(run.on(.tick, at: .seconds(12))) == [.siteSilent(site("d"))])
        #expect(run.on(.tick, at: .seconds(13)).isEmpty)
        var returned = run
        #expect(
            alarms(returned.on(.heartbeat(site("d")), at: .seconds(15)))
                == [.siteReturned(site("d"))]
        )
        for second in stride(from: 15, to: 60, by: 5) {
            _ = run.on(.heartbeat(site("c")), at: .seconds(second))
        }
        for name in ["a", "b"] { _ = send(name, to: &run, at: 58) }
        _ = run.on(.tick, at: .seconds(60))
        let closing = run.on(.aggregated(.first, digest("m1")), at: .seconds(61))
        #expect(alarms(closing) == [.largestSiteMissing(site("d"))])
        for case .closeRound(_, let call) in closing {
            #expect(
                call.entries.map(\.outcome.reason) == [nil, nil, "not-delivered", "contact-lost"]
            )
        }
    }

    @Test func `a held run gives no work, takes what comes, and loses no time`() throws {
        var run = try opened()
        #expect(run.on(.hold(.byOperator), at: .seconds(20)).isEmpty)
        #expect(run.isPaused && run.deadline == nil && run.nextWake == nil)
        #expect(run.work(for: site("a")) == nil)
        #expect(run.on(.siteReady(site("a")), at: .seconds(21)).isEmpty)
        #expect(run.on(.tick, at: .seconds(5000)).isEmpty)
        #expect(send("a", to: &run, at: 5001).isEmpty)
        #expect(run.standing(of: site("a"), round: .first) == .counted(digest("a1")))
        let effects = run.on(.release(.byOperator), at: .seconds(10_020))
        #expect(effects.count == 3 && run.deadline == .seconds(10_060))
        #expect(run.on(.release(.byOperator), at: .seconds(10_030)).isEmpty)
        // Held while the last update comes: the next round opens only afterwards.
        _ = run.on(.hold(.byOperator), at: .seconds(10_031))
        for name in ["b", "c"] { _ = send(name, to: &run, at: 10_032) }
        #expect(aggregated(send("d", to: &run, at: 10_033))?.count == 4)
        let closed = run.on(.aggregated(.first, digest("m1")), at: .seconds(10_034))
        #expect(!closed.contains(.openRound(round(2), model: digest("m1"))))
        #expect(
            run.on(.release(.byOperator), at: .seconds(10_050)) == [
                .openRound(round(2), model: digest("m1"))
            ]
        )
        _ = run.on(.hold(.byOperator), at: .seconds(10_051))
        #expect(run.on(.abort(.byOperator), at: .seconds(10_052)).count == 1 && run.isOver)
    }

    @Test func `the draw of sites is the same again, differs by round, and is no absence`() throws {
        var plan = try TestPlan.plan()
        plan.sampling = SamplingRules(sites: 2)
        let all = (0..<20).map { site("s\($0)") }
        let draws = (1...8).map {
            SamplingRules(sites: 5).draw(from: all, seed: 1, round: round($0))
        }
        #expect(Set(draws).count == 8 && draws.allSatisfy { $0.count == 5 })
        #expect(
            SamplingRules(sites: 5).draw(from: all.reversed(), seed: 1, round: .first) == draws[0]
        )
        var run = try opened {
            $0.sampling = SamplingRules(sites: 2)
            $0.quorum = Quorum(sites: 2, examShare: 1)
        }
        let asked = names.filter { run.work(for: site($0)) != nil }
        #expect(asked.count == 2)
        _ = send(asked[0], to: &run, at: 1)
        #expect(aggregated(send(asked[1], to: &run, at: 2))?.count == 2)
        let effects = run.on(.aggregated(.first, digest("m")), at: .seconds(3))
        #expect(alarms(effects).isEmpty)
        for case .closeRound(_, let call) in effects {
            #expect(call.entries.count { $0.outcome == .refused(.notSampled) } == 2)
            #expect(call.missingExamShare.map { $0 > 0 } == true)
        }
    }

    @Test func `a late update counts even if the draw leaves its site out of the next round`()
        throws
    {
        var run = try opened {
            $0.sampling = SamplingRules(sites: 3)
            $0.stragglers = .countLate
            $0.rounds = 40
        }
        var wasLeftOut = false
        for number in 1...39 {
            let start = (number - 1) * 100
            let asked = names.filter { run.work(for: site($0)) != nil }
            let late = try #require(asked.last)
            for name in asked.dropLast() {
                _ = send(name, to: &run, round: number, at: start + 1)
            }
            _ = run.on(.tick, at: .seconds(start + 61))
            _ = send(late, to: &run, round: number, at: start + 62)
            _ = run.on(.aggregated(round(number), digest("m\(number)")), at: .seconds(start + 63))
            _ = run.on(.roundOpened(round(number + 1)), at: .seconds(start + 100))
            guard case .round(let next) = run.phase, run.work(for: site(late)) == nil else {
                continue
            }
            wasLeftOut = true
            let entry = next.rollCall.entries.first { $0.share.site == site(late) }
            #expect(entry?.outcome.contribution?.sha256 == digest("\(late)\(number)"))
        }
        #expect(wasLeftOut)
    }

    private func score(_ run: inout RunStateMachine, _ values: [String: Double], at second: Int)
        -> [RunEffect]
    {
        values.keys.sorted().flatMap { name in
            _ = run.on(.scoreReported(site(name), values[name] ?? 0), at: .seconds(second))
            return run.on(.scoresReceived(site(name), digest(name)), at: .seconds(second))
        }
    }

    @Test func `the best model wins, the last round is scored too, and early stopping stops`()
        throws
    {
        func play(_ scores: [Double], last: Double, patience: Int?) throws -> RunStateMachine {
            var run = try opened {
                $0.rounds = 5
                $0.selection = SelectionRules(rule: .best, patience: patience)
            }
            for number in 1...5 {
                for name in names {
                    _ = send(name, to: &run, round: number, at: number, score: scores[number - 1])
                }
                _ = run.on(.aggregated(round(number), digest("m\(number)")), at: .seconds(number))
                guard case .opening = run.phase else { break }
                _ = run.on(.roundOpened(round(number + 1)), at: .seconds(number))
            }
            let all = Dictionary(uniqueKeysWithValues: names.map { ($0, last) })
            _ = score(&run, all, at: 10)
            if !run.isOver { _ = score(&run, all, at: 11) }
            return run
        }
        // Round n scores the model that entered it: m(n − 1).
        let middle = try play([0.5, 0.6, 0.9, 0.7, 0.7], last: 0.8, patience: nil)
        #expect(middle.isOver && middle.model == digest("m2") && middle.round == round(5))
        let last = try play([0.5, 0.6, 0.7, 0.7, 0.8], last: 0.9, patience: nil)
        #expect(last.isOver && last.model == digest("m5"))
        let stopped = try play([0.5, 0.9, 0.6, 0.6, 0.6], last: 0.6, patience: 2)
        #expect(stopped.isOver && stopped.model == digest("m1") && stopped.round == round(4))
    }

    @Test func `a snapshot is the whole run, and a new clock takes over what was left`() throws {
        var run = try opened { $0.stragglers = .countLate }
        _ = run.on(.siteReady(site("a")), at: .seconds(1))
        _ = run.on(.heartbeat(site("a")), at: .seconds(2))
        _ = send("b", to: &run, at: 10)
        _ = run.on(.heartbeat(site("a")), at: .seconds(20))
        let bytes = try JSONEncoder().encode(RunSnapshot(.rounds(run), at: .seconds(20)))
        let snapshot = try JSONDecoder().decode(RunSnapshot.self, from: bytes)
        let (stage, effects) = snapshot.restored(at: .seconds(5))
        let restored = try #require(stage.machine)
        #expect(effects.isEmpty && restored.deadline == .seconds(45))
        #expect(restored.standing(of: site("b"), round: .first) == .counted(digest("b1")))
        let (same, _) = snapshot.restored(at: .seconds(20))
        #expect(same == .rounds(run))
        // An aggregation under way is done again; an opening is recorded again.
        _ = send("a", to: &run, at: 30)
        let closing = run.on(.tick, at: .seconds(60))
        #expect(RunSnapshot(.rounds(run), at: .seconds(60)).restored(at: .zero).effects == closing)
        let next = run.on(.aggregated(.first, digest("m1")), at: .seconds(61))
        #expect(
            RunSnapshot(.rounds(run), at: .seconds(61)).restored(at: .zero).effects
                == next.filter { if case .openRound = $0 { true } else { false } }
        )
    }

    @Test func `a coordinator that was away takes nobody for dead because of it`() throws {
        var run = try opened()
        _ = run.on(.siteReady(site("a")), at: .seconds(1))
        _ = run.on(.heartbeat(site("a")), at: .seconds(2))
        let snapshot = RunSnapshot(.rounds(run), at: .seconds(9))
        var restored = try #require(snapshot.restored(at: .seconds(100)).stage.machine)
        #expect(restored.on(.tick, at: .seconds(109)).isEmpty)
        #expect(restored.on(.tick, at: .seconds(110)) == [.alarm(.first, .siteSilent(site("a")))])
    }

    @Test func `answers are waited for until all have come or the time is over`() throws {
        var approval = RunApproval(asked: [site("b"), site("a")], deadline: .seconds(60))
        #expect(approval.asked == [site("a"), site("b")])
        approval.answer(site("c"), .declined)
        approval.answer(site("b"), .approved(SiteShare(site: site("b"), exams: 5)))
        #expect(approval.isAwaiting(site("a")) && !approval.isAwaiting(site("b")))
        #expect(!approval.isAwaiting(site("c")) && approval.answers.count == 1)
        #expect(!approval.isDecided(at: .seconds(59)) && approval.isDecided(at: .seconds(60)))
        let bytes = try JSONEncoder().encode(RunSnapshot(.approval(approval), at: .seconds(50)))
        let (stage, effects) = try JSONDecoder().decode(RunSnapshot.self, from: bytes)
            .restored(at: .zero)
        #expect(effects.isEmpty && stage.nextWake == .seconds(10))
        approval.answer(site("a"), .declined)
        #expect(approval.isDecided(at: .zero))
        #expect(approval.approvedShares.map(\.site) == [site("b")])
    }

    @Test func `a step says whether the update that came with it counts`() throws {
        let run = try opened { $0.stragglers = .countLate }
        func update(_ name: String, _ number: Int = 1) -> RunEvent {
            .updateAccepted(
                round(number),
                Contribution(site: site(name), sha256: digest("\(name)\(number)"), examples: 1)
            )
        }
        let first = RunStep(run, taking: update("a"), at: .seconds(1))
        #expect(first.verdict == .counted(isLate: false))
        #expect(first.mustBeKept(after: update("a")))
        #expect(first.machine.neededBlobs.contains(digest("a1")))
        let other = RunEvent.updateAccepted(
            .first,
            Contribution(site: site("a"), sha256: digest("other"), examples: 1)
        )
        #expect(
            RunStep(first.machine, taking: other, at: .seconds(2)).verdict
                == .turnedAway(.counted(digest("a1")))
        )
        #expect(RunStep(run, taking: update("a", 2), at: .zero).verdict == .turnedAway(.wrongRound))
        let beat = RunEvent.heartbeat(site("b"))
        let heard = RunStep(first.machine, taking: beat, at: .seconds(3))
        #expect(heard.verdict == nil && !heard.mustBeKept(after: beat))
    }

    @Test func `a queue goes on after a restart as it was`() throws {
        let ids = try (1...3).map { try RunID(validating: "run-\($0)") }
        let (a, b) = (site("a"), site("b"))
        var queue = RunQueue(
            activeMax: 2,
            entries: [
                .init(run: ids[0], sites: [a], isActive: true),
                .init(run: ids[1], sites: [b, a], isActive: false),
                .init(run: ids[2], sites: [b], isActive: true),
            ]
        )
        #expect(queue.remove(ids[0]).isEmpty, "b is at work for run 3")
        #expect(queue.remove(ids[2]) == [ids[1]])
    }

    @Test func `runs wait for their sites and for a place, and are not overtaken`() throws {
        let ids = try (1...5).map { try RunID(validating: "run-\($0)") }
        var queue = RunQueue(activeMax: 2)
        let (a, b, c) = (site("a"), site("b"), site("c"))
        #expect(queue.submit(ids[0], sites: [a, b]) == [ids[0]])
        #expect(queue.submit(ids[1], sites: [b, c]).isEmpty)
        #expect(queue.submit(ids[2], sites: [c]).isEmpty, "overtook run 2, which waits for c")
        #expect(queue.submit(ids[3], sites: [site("d")]) == [ids[3]])
        #expect(queue.submit(ids[3], sites: [site("d")]).isEmpty)
        #expect(queue.submit(ids[4], sites: [site("e")]).isEmpty, "no place")
        #expect(ids.map { queue.position(of: $0) } == [0, 1, 2, 0, 3])
        #expect(queue.remove(ids[0]) == [ids[1]])
        #expect(queue.remove(ids[3]) == [ids[4]])
        #expect(queue.remove(ids[1]) == [ids[2]])
        #expect(queue.position(of: ids[0]) == nil)
    }

    @Test func `the norm cap follows the median of the round before`() throws {
        let limits = UpdateLimits(maximumNorm: 100, normMedianFactor: 3, normFloor: 2)
        #expect(limits.normCap(after: []) == 100)
        #expect(limits.normCap(after: [1, 1]) == 100)
        #expect(limits.normCap(after: [9, 1, 2]) == 6)
        #expect(limits.normCap(after: [0.1, 0.2, 0.1]) == 2)
        #expect(limits.normCap(after: [80, 90, 70]) == 100)
        #expect(UpdateLimits().normCap(after: [1, 2, 3]) == nil)
        var run = try opened()
        for (index, name) in names.enumerated() {
            let contribution = Contribution(
                site: site(name),
                sha256: digest(name),
                examples: 1,
                norm: Double(index)
            )
            _ = run.on(.updateAccepted(.first, contribution), at: .seconds(1))
        }
        #expect(run.norms.isEmpty)
        _ = run.on(.aggregated(.first, digest("m1")), at: .seconds(2))
        #expect(run.norms == [0, 1, 2, 3])
    }

    @Test func `the plan's rounds are checked`() {
        let quorum = "quorum:\n  sites: 3"
        #expect(
            TestPlan.problems(replacing: [(quorum, "sampling:\n  sites: 2\n\n" + quorum)])
                == ["inconsistent sampling.sites"]
        )
        #expect(
            TestPlan.problems(replacing: [(quorum, "sampling:\n  sites: 3\n\n" + quorum)]).isEmpty
        )
        #expect(TestPlan.problems(replacing: [("stragglers: close", "stragglers: wait")]).isEmpty)
        #expect(
            TestPlan.problems(replacing: [("stragglers: close", "stragglers: countLate")]).isEmpty
        )
        #expect(
            TestPlan.problems(replacing: [("stragglers: close", "stragglers: never")])
                == ["not-a-choice stragglers"]
        )
        #expect(TestPlan.problems(replacing: [(quorum, quorum + "\n  extensions: 2")]).isEmpty)
        let selection = (quorum, "selection:\n  rule: best\n\n" + quorum)
        #expect(TestPlan.problems(replacing: [selection]).isEmpty)
        #expect(
            TestPlan.problems(replacing: [
                selection, ("examAUROC, ", ""), ("splitTestFraction: 0.4", "splitTestFraction: 0"),
            ]) == ["inconsistent selection", "inconsistent selection"]
        )
    }

    @Test func `a strategy that does not fit the rounds is refused, with the reason`() {
        func problems(_ aggregation: String, _ changes: [(String, String)] = []) -> [String] {
            TestPlan.problems(
                replacing: [("  strategy: fedavg\n  weighting: examples", aggregation)] + changes
            )
        }
        let fedbuff = "  strategy: fedbuff\n  buffer: 3"
        #expect(problems(fedbuff).isEmpty)
        #expect(problems("  strategy: fedbuff\n  buffer: 2") == ["inconsistent aggregation.buffer"])
        #expect(
            problems(fedbuff, [("stragglers: close", "stragglers: countLate")])
                == ["inconsistent stragglers"]
        )
        #expect(
            problems(fedbuff, [("rounds: 5", "rounds: 5\nsampling:\n  sites: 3")])
                == ["inconsistent sampling"]
        )
        #expect(problems("  strategy: scaffold") == ["inconsistent localTraining.optimizer"])
        #expect(problems("  strategy: scaffold", [("optimizer: adam", "optimizer: sgd")]).isEmpty)
        let own = "  strategy: fedavg\n  privateTensors: ['*.norm.*']"
        #expect(problems(own).isEmpty)
        #expect(
            problems(own, [("rounds: 5", "rounds: 5\nselection:\n  rule: best")])
                == ["inconsistent selection.rule"]
        )
    }

    @Test func `images that do not fit the model are named at the plan check`() throws {
        let plan = try TestPlan.plan()
        #expect(plan.modelInputProblems(channels: 3, depth: 5, sizeMultiple: 8).isEmpty)
        let problems = plan.modelInputProblems(channels: 1, depth: 7, sizeMultiple: 48)
        #expect(
            problems.map(\.path) == [
                "preprocessing.windows", "preprocessing.slabDepth", "preprocessing.gridSize",
            ]
        )
    }
}
