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
        try await fixture.store.record(
            [],
            of: fixture.run,
            leaving: RunSnapshot(.rounds(machine), at: .zero)
        )
        _ = machine.on(.start, at: .seconds(1))
        _ = machine.on(.roundOpened(.first), at: .seconds(2))
        _ = machine.on(.siteReady(fixture.a), at: .seconds(3))
        let snapshot = RunSnapshot(.rounds(machine), at: .seconds(4))
        try await fixture.store.record([], of: fixture.run, leaving: snapshot)
        let reopened = try CoordinatorStore(at: fixture.file)
        #expect(try await reopened.state(of: fixture.run) == snapshot)
        #expect(try await reopened.openRuns().map(\.id) == [fixture.run])
        let alarm = RoundAlarm.overdue([fixture.a, fixture.b])
        try await reopened.record([.effect(.alarm(.first, alarm))], of: fixture.run)
        let records = try await reopened.auditRecords().suffix(2)
        #expect(records.map(\.entry.act) == [.roundAlarm, .roundAlarm])
        #expect(records.map(\.entry.object?.id) == ["a", "b"])
        #expect(records.map(\.entry.reason) == ["overdue", "overdue"])
    }

    @Test func `a change that does not fit leaves neither records nor state behind`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        let approval = RunApproval(asked: [fixture.a], deadline: .seconds(9))
        let snapshot = RunSnapshot(.approval(approval), at: .zero)
        let size = try await fixture.store.auditSize()
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.record(
                [
                    .accepted(
                        .first,
                        fixture.a,
                        digest("d"),
                        bytes: 1,
                        document: "{}",
                        isLate: false
                    ),
                    .effect(.publishModel(.first, digest("m1"))),
                    .effect(.openRound(.first, model: digest("another"))),
                ],
                of: fixture.run,
                leaving: snapshot
            )
        }
        #expect(error?.code == .conflict)
        #expect(try await fixture.store.state(of: fixture.run) == nil)
        #expect(try await fixture.store.verdict(on: fixture.a, fixture.run, .first) == nil)
        #expect(try await fixture.store.auditSize() == size)
        #expect(try await fixture.store.blobs().map(\.sha256) == [fixture.model])
    }

    @Test func `requests wait until they are carried out, and a run that is over takes none`()
        async throws
    {
        let fixture = try Fixture()
        try await fixture.open()
        let store = fixture.store
        let number = try await store.request(.pause, of: fixture.run)
        let request = try #require(try await store.openRequests().first)
        #expect(request.id == number && request.verb == .pause && request.run == fixture.run)
        #expect(try await !store.isHandled(number))
        #expect(try await store.record([.operation(request)], of: fixture.run) == [.recorded])
        #expect(try await store.record([.operation(request)], of: fixture.run) == [.repeated])
        #expect(try await store.isHandled(number))
        #expect(try await store.openRequests().isEmpty)
        #expect(try await store.report(of: fixture.run).pausedMilliseconds != nil)
        #expect(try await fixture.acts().filter { $0 == .runPause }.count == 1)
        try await store.finishRun(fixture.run, model: nil, failure: "why")
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await store.request(.abort, of: fixture.run)
        }
        #expect(error?.code == .wrongState)
    }

    @Test func `a deleted blob is named as such until it is there again`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        let store = fixture.store
        try await store.recordModel(fixture.run, .first, model: digest("m1"))
        try await store.record([.stored(digest("m1"), bytes: 12)], of: fixture.run)
        try await store.recordDeletion([digest("m1")])
        func row() async throws -> StoredBlobRow? {
            try await store.blobs().first { $0.sha256 == digest("m1") }
        }
        #expect(try await row()?.isDeleted == true)
        try await store.record([.stored(digest("m1"), bytes: 12)], of: fixture.run)
        #expect(try await row()?.isDeleted == false)
        #expect(try await row()?.bytes == 12)
    }
}
