import Federation
import Foundation
import Testing

/// When a run may work, and what it does when it may not.
@Suite struct ScheduleTests {
    private func plan(_ schedule: String) throws -> Plan {
        try Plan.parse(
            yaml: TestPlan.yaml.replacingOccurrences(
                of: "rounds: 5",
                with: "rounds: 5\nschedule:\n" + schedule
            )
        )
    }

    private func milliseconds(_ text: String) throws -> Int64 {
        Int64(try Date.ISO8601FormatStyle().parse(text).timeIntervalSince1970 * 1000)
    }

    private func isOpen(_ plan: Plan, _ moment: String) throws -> Bool {
        plan.isInHours(at: try milliseconds(moment))
    }

    @Test func `windows go past midnight, by the clock of the plan's time zone`() throws {
        let plan = try plan(
            """
              timeZone: Europe/Zurich
              windows:
                - {days: [fri], from: "20:00", to: "06:00"}
                - {days: [sun], from: "12:00", to: "12:30"}
            """
        )
        // 6 November 2026 is a Friday; Zurich is an hour ahead of UTC then, two in summer.
        for moment in ["2026-11-06T19:00:00Z", "2026-11-07T04:59:59Z", "2026-11-08T11:29:00Z"] {
            #expect(try isOpen(plan, moment), "\(moment)")
        }
        for moment in ["2026-11-06T18:59:00Z", "2026-11-07T05:00:00Z", "2026-11-07T19:30:00Z"] {
            #expect(try !isOpen(plan, moment), "\(moment)")
        }
        #expect(try isOpen(plan, "2026-07-03T18:00:00Z"), "summer time")
        let monday = try milliseconds("2026-11-02T08:00:30Z")
        let friday = try milliseconds("2026-11-06T19:00:00Z")
        #expect(plan.schedule?.nextOpening(after: monday) == friday)
        #expect(plan.schedule?.nextOpening(after: friday) == nil)
    }

    @Test func `nothing begins before the start`() throws {
        let plan = try plan("  start: \"2027-01-31T20:00:00Z\"")
        #expect(try !isOpen(plan, "2027-01-31T19:59:59Z"))
        #expect(try isOpen(plan, "2027-01-31T20:00:00Z"))
        #expect(PlanSummary(plan).text.contains("not before 2027-01-31T20:00:00Z"))
        #expect(try Plan.parse(json: plan.canonicalBytes) == plan)
    }

    @Test(arguments: [
        ("  start: tomorrow", "out-of-range schedule.start"),
        (
            "  timeZone: Mars/Olympus\n  start: \"2027-01-31T20:00:00Z\"",
            "not-a-choice schedule.timeZone"
        ),
        (
            "  windows:\n    - {from: \"25:00\", to: \"06:00\"}",
            "out-of-range schedule.windows[0].from"
        ),
        ("  timeZone: UTC", "missing schedule.windows"),
    ])
    func `a schedule that cannot be is refused`(schedule: String, problem: String) {
        #expect(
            TestPlan.problems(replacing: [("rounds: 5", "rounds: 5\nschedule:\n" + schedule)])
                == [problem]
        )
    }

    @Test func `a run is held by its schedule and by the operator, until neither does`() throws {
        var plan = try TestPlan.plan()
        plan.deadlineSeconds = 60
        let sites = ["a", "b", "c"].map { SiteShare(site: site($0), exams: 10) }
        var run = RunStateMachine(
            try RunConfiguration(plan: plan, sites: sites),
            initialModel: digest("start")
        )
        _ = run.on(.hold(.schedule), at: .zero)
        #expect(run.on(.start, at: .zero).isEmpty, "opens nothing outside its hours")
        #expect(
            run.on(.release(.schedule), at: .seconds(100))
                == [.openRound(.first, model: digest("start"))]
        )
        _ = run.on(.roundOpened(.first), at: .seconds(100))
        _ = run.on(.hold(.schedule), at: .seconds(110))
        _ = run.on(.hold(.byOperator), at: .seconds(120))
        #expect(run.heldBy == [.schedule, .byOperator] && run.work(for: site("a")) == nil)
        let contribution = Contribution(site: site("a"), sha256: digest("a"), examples: 1)
        _ = run.on(.updateAccepted(.first, contribution), at: .seconds(125))
        #expect(run.standing(of: site("a"), round: .first) == .counted(digest("a")))
        #expect(run.on(.release(.schedule), at: .seconds(200)).isEmpty && run.isPaused)
        let effects = run.on(.release(.byOperator), at: .seconds(210))
        #expect(effects.count == 2 && run.heldBy.isEmpty)
        #expect(run.deadline == .seconds(260), "the time it was held counts for nobody")
    }
}
