import AuditLog
import AuditedDatabase
import CoordinatorStore
import Federation
import Foundation
import Testing

@Suite struct RunTests {
    @Test func `a run is queued, taken up, played and reported as a whole`() async throws {
        let fixture = try Fixture()
        let store = fixture.store
        for site in [fixture.a, fixture.b, fixture.c] { try await fixture.enrol(site) }
        try await store.submitPlan(
            fixture.plan,
            name: "demo",
            document: fixture.document,
            initialModel: fixture.model
        )
        try await store.createRun(
            fixture.run,
            plan: fixture.plan,
            sites: [fixture.b, fixture.a]
        )
        let queued = try #require(try await store.queuedRuns().first)
        #expect(queued.sites == [fixture.a, fixture.b] && queued.initialModel == fixture.model)
        #expect(queued.planDocument == fixture.document && queued.planSHA256 == fixture.plan)
        try await store.markRunWaiting(fixture.run)
        #expect(try await store.queuedRuns().isEmpty)
        #expect(try await store.report(of: fixture.run).status == "waiting")

        try await store.openRound(fixture.run, .first, model: fixture.model)
        try await store.acceptContribution(
            fixture.run,
            .first,
            site: fixture.a,
            digest("delta-a"),
            document: #"{"x":1}"#
        )
        try await store.rejectContribution(
            fixture.run,
            .first,
            site: fixture.b,
            digest("delta-b"),
            reason: "non-finite"
        )
        try await store.recordModel(fixture.run, .first, model: digest("m1"))
        try await store.closeRound(
            fixture.run,
            .first,
            rollCall: fixture.rollCall,
            seconds: 1.5
        )
        try await store.recordMetrics(
            fixture.run,
            site: fixture.a,
            model: digest("m1"),
            document: #"{"id":"a"}"#
        )
        try await store.finishRun(fixture.run, model: digest("m1"), failure: nil)

        let report = try await store.report(of: fixture.run)
        #expect(report.status == "completed" && report.model == digest("m1").rawValue)
        #expect(report.sites.map(\.id) == ["a", "b"] && report.metrics == ["a": #"{"id":"a"}"#])
        let round = try #require(report.rounds.first)
        #expect(round.contributions == ["a": #"{"x":1}"#])
        #expect(round.rejections == ["b": "non-finite"] && round.seconds == 1.5)
        #expect(round.startModel == fixture.model.rawValue)
        #expect(try round.decodedRollCall() == fixture.rollCall)
        #expect(try await store.runIDs() == [fixture.run])
    }

    @Test func `the same contribution again is answered, another one is a conflict`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        func accept(_ text: String) async throws -> ContributionAnswer {
            try await fixture.store.acceptContribution(
                fixture.run,
                .first,
                site: fixture.a,
                digest(text),
                document: "{}"
            )
        }
        #expect(try await accept("delta") == .recorded)
        #expect(try await accept("delta") == .repeated)
        let other = await #expect(throws: CoordinatorStoreError.self) {
            try await accept("other")
        }
        #expect(other?.code == .conflict)
        let verdict = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.rejectContribution(
                fixture.run,
                .first,
                site: fixture.a,
                digest("delta"),
                reason: "non-finite"
            )
        }
        #expect(verdict?.code == .conflict)
        let report = try await fixture.store.report(of: fixture.run)
        #expect(report.rounds.first?.contributions.count == 1)
        #expect(try await fixture.acts().filter { $0 == .roundUpdateAccept }.count == 1)
    }

    @Test func `a hundred sites' copies at once are counted once each`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        let (store, run) = (fixture.store, fixture.run)
        // The third declined the plan: what it sent would be named by the verification.
        let sites = [fixture.a, fixture.b]
        let answers = try await withThrowingTaskGroup(of: ContributionAnswer.self) { group in
            for index in 0..<90 {
                let site = sites[index % 2]
                group.addTask {
                    try await store.acceptContribution(
                        run,
                        .first,
                        site: site,
                        digest("delta-\(site)"),
                        document: "{}"
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.filter { $0 == .recorded }.count == 2)
        #expect(try await fixture.verdict().faults.isEmpty)
    }

    @Test func `a closed round takes nothing more`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        for _ in 0..<2 {
            try await fixture.store.closeRound(
                fixture.run,
                .first,
                rollCall: fixture.rollCall,
                seconds: 1
            )
        }
        let late = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.acceptContribution(
                fixture.run,
                .first,
                site: fixture.a,
                digest("late"),
                document: "{}"
            )
        }
        #expect(late?.code == .wrongState)
        #expect(try await fixture.acts().filter { $0 == .roundClose }.count == 1)
    }

    @Test func `a site that was not asked cannot contribute`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.acceptContribution(
                fixture.run,
                .first,
                site: site("stranger"),
                digest("d"),
                document: "{}"
            )
        }
        #expect(error?.code == .wrongState)
        #expect(error?.description.contains("stranger") == false)
        #expect(try await fixture.verdict().faults.isEmpty)
        #expect(try await !fixture.acts().contains(.roundUpdateAccept))
    }

    @Test func `rounds open in order, once, from one model`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        let store = fixture.store
        func code(_ round: Int, _ model: SHA256Digest) async -> CoordinatorStoreError.Code? {
            do {
                let number = identifier("", { _ in RoundNumber(rawValue: round) })
                try await store.openRound(fixture.run, number, model: model)
                return nil
            } catch {
                return (error as? CoordinatorStoreError)?.code
            }
        }
        #expect(await code(1, fixture.model) == nil)
        #expect(await code(1, digest("other")) == .conflict)
        #expect(await code(2, fixture.model) == .wrongState)
        try await store.recordModel(fixture.run, .first, model: digest("m1"))
        try await store.recordModel(fixture.run, .first, model: digest("m1"))
        await #expect(throws: CoordinatorStoreError.self) {
            try await store.recordModel(fixture.run, .first, model: digest("m2"))
        }
        try await store.closeRound(fixture.run, .first, rollCall: fixture.rollCall, seconds: 1)
        #expect(await code(2, digest("m1")) == nil)
        try await store.finishRun(fixture.run, model: nil, failure: "why")
        try await store.finishRun(fixture.run, model: digest("m1"), failure: nil)
        #expect(try await store.report(of: fixture.run).failure == "why")
        #expect(await code(3, digest("m1")) == .wrongState)
    }

    @Test func `answers to a plan are kept, the latest one stands`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        try await fixture.store.recordApproval(
            plan: fixture.plan,
            site: fixture.a,
            decision: "declined",
            decidedBy: "admin",
            reason: "second thoughts",
            exams: 9,
            positiveExams: 1
        )
        let answers = try await fixture.store.report(of: fixture.run).answers
        #expect(answers["a"]?.decision == "declined" && answers["a"]?.exams == 9)
        #expect(answers["b"]?.positiveExams == nil && answers["b"]?.decision == "approved")
        #expect(answers["c"]?.reason == "our policy, in words")
        await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.recordApproval(
                plan: fixture.plan,
                site: fixture.a,
                decision: "perhaps",
                decidedBy: "",
                reason: "",
                exams: 1,
                positiveExams: nil
            )
        }
    }

    @Test func `metrics are kept once; other ones are a conflict`() async throws {
        let fixture = try Fixture()
        try await fixture.open()
        for _ in 0..<2 {
            try await fixture.store.recordMetrics(
                fixture.run,
                site: fixture.a,
                model: fixture.model,
                document: "{}"
            )
        }
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.recordMetrics(
                fixture.run,
                site: fixture.a,
                model: fixture.model,
                document: #"{"x":1}"#
            )
        }
        #expect(error?.code == .conflict)
    }

    @Test func `a plan submitted again changes nothing, with another model it is a conflict`()
        async throws
    {
        let fixture = try Fixture()
        for _ in 0..<2 {
            try await fixture.store.submitPlan(
                fixture.plan,
                name: "demo",
                document: fixture.document,
                initialModel: fixture.model
            )
        }
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.submitPlan(
                fixture.plan,
                name: "demo",
                document: fixture.document,
                initialModel: digest("other")
            )
        }
        #expect(error?.code == .conflict)
        #expect(try await fixture.acts() == [.planSubmit])
    }

    @Test func `an unknown run is not found`() async throws {
        let fixture = try Fixture()
        let error = await #expect(throws: CoordinatorStoreError.self) {
            try await fixture.store.report(of: fixture.run)
        }
        #expect(error?.code == .notFound)
    }
}
