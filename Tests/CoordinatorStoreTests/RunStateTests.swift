import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import TestSupport
import Testing

@Suite struct RunStateTests {
    @Test func `the state of a run survives the process and is replaced by the next`() async throws
    {
        let fixture = try Fixture()
        try await fixture.open()
        let url = SharedData.repository.appending(path: "Sites/plan.yaml")
        var plan = try Plan.parse(yaml: try String(contentsOf: url, encoding: .utf8))
        plan.quorum = Quorum(sites: 1)
        let shares = [fixture.a, fixture.b].map { SiteShare(site: $0, exams: 7) }
        var machine = RunStateMachine(
            try RunConfiguration(plan: plan, sites: shares),
            initialModel: fixture.model
        )
        #expect(try await fixture.store.state(of: fixture.run) == nil)
        try await fixture.store.saveState(of: fixture.run, RunSnapshot(machine, at: .zero))
        _ = machine.on(.start, at: .seconds(1))
        _ = machine.on(.roundOpened(.first), at: .seconds(2))
        _ = machine.on(.siteReady(fixture.a), at: .seconds(3))
        let snapshot = RunSnapshot(machine, at: .seconds(4))
        try await fixture.store.saveState(of: fixture.run, snapshot)
        let reopened = try CoordinatorStore(at: fixture.file)
        #expect(try await reopened.state(of: fixture.run) == snapshot)
        #expect(try await reopened.unfinishedRuns().map(\.id) == [fixture.run])
        #expect(try await reopened.queuedRuns().isEmpty)
        let alarm = RoundAlarm.overdue([fixture.a, fixture.b])
        try await reopened.recordAlarm(fixture.run, .first, alarm)
        let records = try await reopened.auditRecords().suffix(2)
        #expect(records.map(\.entry.act) == [.roundAlarm, .roundAlarm])
        #expect(records.map(\.entry.object?.id) == ["a", "b"])
        #expect(records.map(\.entry.reason) == ["overdue", "overdue"])
    }
}
