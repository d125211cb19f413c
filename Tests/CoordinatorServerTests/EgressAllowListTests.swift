import AuditLog
import AuditedDatabase
import CanonicalJSON
import Evaluation
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
import Tensors
import Testing
import WireProtocol

/// What the one place that sends does not send, against a coordinator that would take it.
@Suite struct EgressAllowListTests {
    private static func plan(allowed: String) throws -> Plan {
        try Plan.parse(
            yaml: TestRun.text(sites: 1, rounds: 1, deadline: 60)
                .replacing("allowed: [trainingLoss]", with: "allowed: [\(allowed)]")
        )
    }

    private static func comparison(_ allowed: Set<MetricKind>) throws -> JSONValue {
        let exams = (0..<60).map { number in
            ExamResult(score: Double(number) / 60, label: number % 2 == 0)
        }
        let metrics = try SiteMetrics.compute(
            exams: exams,
            request: MetricsRequest(allowed: allowed, threshold: 0.5),
            policy: .standard
        )
        return try CanonicalEncoder().jsonValue(
            of: SiteComparison(id: "alpha", name: "Alpha", federated: .value(metrics))
        )
    }

    /// What decides, as a test says it.
    private struct Basis: EgressBasis {
        let plan: Plan?
        let rules: SitePolicy
        var recorded: RecordedUpdate?
        var given = 0

        func policy() -> SitePolicy { rules }

        func approvedPlan(_ digest: SHA256Digest) -> Plan? {
            digest == plan?.sha256 ? plan : nil
        }

        func update(_ delta: SHA256Digest) -> RecordedUpdate? {
            delta == recorded?.contribution.deltaSHA256 ? recorded : nil
        }

        func roundsGiven(under plan: SHA256Digest) -> Int { given }
    }

    private static func policy(_ changes: [String: String] = [:]) throws -> SitePolicy {
        let rules = [
            "metrics": "[\(MetricsRules.Kind.allCases.map(\.rawValue).joined(separator: ", "))]",
            "minimumCohort": "5", "minimumCell": "5", "maximumRounds": "3",
            "hours": "['00:00-24:00']", "timeZone": "local", "plans": "['*']",
            "privacyBudget": "unlimited",
        ].merging(changes) { $1 }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data(rules.map { "\($0): \($1)\n" }.sorted().joined().utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: file.path)
        return try SitePolicy.read(from: file)
    }

    /// A site with a database, whose client lets out what the plan allows.
    private static func withSite(
        approving plan: Plan?,
        _ body: @escaping @Sendable (CoordinatorClient, SiteStore) async throws -> Void
    ) async throws {
        let basis = Basis(plan: plan, rules: try policy())
        try await withSite(basis) { client, store, _ in try await body(client, store) }
    }

    private static func withSite(
        _ basis: any EgressBasis,
        _ body: @escaping @Sendable (CoordinatorClient, SiteStore, SiteFolder) async throws -> Void
    ) async throws {
        try await TestFederation.serving { federation in
            let folder = SiteFolder(
                FileManager.default.temporaryDirectory.appending(path: "gate-\(UUID())")
            )
            defer { try? FileManager.default.removeItem(at: folder.root) }
            _ = try PrivateKeyFile.create(at: folder.siteKey)
            let enrolment = try await EnrolmentClient(folder: folder, softwareVersion: "test")
                .enrol(try await federation.invite("alpha")) { _ in
                    try await federation.approve("alpha")
                }
            let store = try SiteAudit.store(of: folder)
            try await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .site(basis),
                ledger: store
            ) { try await body($0, store, folder) }
        }
    }

    private static func refusals(_ store: SiteStore) async throws -> [String?] {
        try await store.auditRecords().filter { $0.entry.act == .egressRefuse }
            .map(\.entry.reason)
    }

    @Test func `an update under a plan that is not approved does not leave`() async throws {
        let plan = try Self.plan(allowed: "counts")
        try await Self.withSite(approving: nil) { client, store in
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data([1, 2, 3]).write(to: file)
            let before = try await store.egress().count
            let error = await #expect(throws: AgentError.self) {
                try await client.upload(
                    file,
                    as: SHA256Digest(hashing: [1, 2, 3]),
                    plan: plan.sha256
                )
            }
            #expect(error?.code == .refusedByPolicy)
            #expect(try await store.egress().count == before, "nothing was sent")
            #expect(try await Self.refusals(store) == ["plan-not-approved"])
        }
    }

    private static func contribution(positives: Int? = 5, exams: Int = 10) -> ContributionRequest {
        ContributionRequest(
            deltaSHA256: SHA256Digest(hashing: [1, 2, 3]),
            bytes: 3,
            examples: 100,
            meanLoss: 0.5,
            exams: exams,
            positiveExams: positives,
            trainSeconds: 1,
            engine: .init(name: "none", version: "0", isa: "none", threads: 1)
        )
    }

    /// A policy, the update, rounds given, and what refuses upload and contribution.
    private struct Case: Sendable, CustomTestStringConvertible {
        var rules: [String: String] = [:]
        var contribution = EgressAllowListTests.contribution()
        var given = 0
        var isAnswered = false
        var said: ContributionRequest?
        var upload: String?
        var contribute: String?
        var testDescription: String { "\(rules) \(given) \(contribute ?? "leaves")" }
    }

    private static let cases: [Case] = [
        Case(), Case(given: 2), Case(given: 3, isAnswered: true),
        Case(given: 3, upload: "policy/maximumRounds", contribute: "policy/maximumRounds"),
        Case(
            rules: ["maximumRounds": "0"],
            upload: "policy/maximumRounds",
            contribute: "policy/maximumRounds"
        ),
        Case(
            rules: ["minimumCohort": "11"],
            upload: "policy/minimumCohort",
            contribute: "policy/minimumCohort"
        ),
        Case(
            rules: ["metrics": "[counts]"],
            upload: "policy/metrics",
            contribute: "policy/metrics"
        ),
        Case(rules: ["plans": "[other]"], upload: "policy/plans", contribute: "policy/plans"),
        Case(
            rules: ["privacyBudget": "{epsilon: 1, delta: 0.00001}"],
            upload: "policy/privacyBudget",
            contribute: "policy/privacyBudget"
        ),
        Case(
            rules: ["hours": "['\(closed())']"],
            upload: "policy/hours",
            contribute: "policy/hours"
        ),
        Case(contribution: contribution(positives: 4), contribute: "policy/minimumCell"),
        Case(contribution: contribution(positives: 7), contribute: "policy/minimumCell"),
        Case(contribution: contribution(positives: nil)),
        Case(said: contribution(exams: 9), contribute: "contribution-not-known"),
    ]

    /// An hour of the day that is not now, nor soon.
    private static func closed() -> String {
        let hour = (Calendar.current.component(.hour, from: Date()) + 12) % 24
        return String(format: "%02d:00-%02d:30", hour, hour)
    }

    @Test(arguments: cases)
    private func `an update leaves as the policy says at that moment`(_ test: Case) async throws {
        let plan = try Self.plan(allowed: "trainingLoss")
        let basis = Basis(
            plan: plan,
            rules: try Self.policy(test.rules),
            recorded: RecordedUpdate(
                plan: plan.sha256,
                isAnswered: test.isAnswered,
                contribution: test.contribution
            ),
            given: test.given
        )
        try await Self.withSite(basis) { client, store, _ in
            let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
            defer { try? FileManager.default.removeItem(at: file) }
            try Data([1, 2, 3]).write(to: file)
            let delta = test.contribution.deltaSHA256
            do {
                try await client.upload(file, as: delta, plan: plan.sha256)
                Issue.record("the coordinator waits for no update")
            } catch let error as AgentError {
                // What left is refused by the coordinator, which has no run of it.
                #expect((error.code == .failed) == (test.upload == nil), "\(error)")
            }
            #expect(try await Self.refusals(store) == [test.upload].filter { $0 != nil })
            let before = try await Self.refusals(store).count
            do {
                _ = try await client.contribute(
                    test.said ?? test.contribution,
                    run: try RunID(validating: "run-0011223344556677"),
                    round: .first,
                    plan: plan.sha256
                )
            } catch let error as AgentError {
                // Without a refusal it left, and the coordinator knows no such run.
                #expect(error.code == (test.contribute == nil ? .failed : error.code))
            }
            let reasons = try await Self.refusals(store).dropFirst(before)
            #expect(Array(reasons) == [test.contribute].filter { $0 != nil })
        }
    }

    @Test func `a policy that was tightened, loosened or broken after the approval counts at once`()
        async throws
    {
        let plan = try Self.plan(allowed: "trainingLoss")
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: "site-\(UUID())")
        )
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let store = try SiteAudit.store(of: folder)
        try await store.save(plan: plan.sha256.rawValue, document: plan.canonicalBytes, at: 0)
        try await store.record(
            PlanAnswerRow(
                sha256: plan.sha256.rawValue,
                decision: "approved",
                decidedBy: PlanAnswerRow.admin,
                reason: "",
                answeredMilliseconds: 0
            )
        )
        let contribution = Self.contribution()
        try await store.save(
            RoundRow(
                run: "run-0011223344556677",
                number: 1,
                plan: plan.sha256.rawValue,
                deltaSHA256: contribution.deltaSHA256.rawValue,
                examples: 100,
                meanLoss: 0.5,
                seconds: 1,
                contribution: String(decoding: try WireCodec.encode(contribution), as: UTF8.self)
            )
        )
        let rules = { @Sendable (minimum: String) in
            """
            {metrics: [trainingLoss], minimumCohort: \(minimum), minimumCell: 1, maximumRounds: 1,
             hours: ['00:00-24:00'], timeZone: local, plans: ['*'], privacyBudget: unlimited}
            """
        }
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data([1, 2, 3]).write(to: file)
        try await Self.withSite(SiteEgressBasis(of: folder, store)) { client, _, _ in
            let upload = {
                try await client.upload(file, as: contribution.deltaSHA256, plan: plan.sha256)
            }
            // What left is `failed` by the coordinator, which has no run of it.
            let attempts: [(String, AgentError.Code)] = [
                (rules("11"), .refusedByPolicy), (rules("10"), .failed),
                (rules("11"), .refusedByPolicy),
                ("", .badConfiguration), (rules("ten"), .badConfiguration), (rules("1"), .failed),
            ]
            for (text, code) in attempts {
                try OwnerOnlyFile.write(Data(text.utf8), to: folder.policy)
                let error = await #expect(throws: AgentError.self) { try await upload() }
                #expect(error?.code == code, "\(text)")
            }
        }
    }

    @Test(
        arguments: [
            ("counts, examAUROC", Set<MetricKind>([.counts, .examAUROC]), nil),
            ("counts", [.counts, .examAUROC], "metric-not-allowed/examAUROC"),
            ("counts", [.counts, .operatingPoint], "metric-not-allowed/operatingPoint"),
            ("examAUROC", [.counts, .examAUROC], "metric-not-allowed/counts"),
        ] as [(String, Set<MetricKind>, String?)]
    )
    func `metrics leave only of the kinds that the plan names`(
        allowed: String,
        present: Set<MetricKind>,
        refusal: String?
    ) async throws {
        let plan = try Self.plan(allowed: allowed)
        let metrics = try Self.comparison(present)
        let found = try await Self.attempt(metrics, under: plan)
        #expect(found == [refusal].filter { $0 != nil })
    }

    @Test func `metrics leave only of the kinds, and with the counts, that the policy gives`()
        async throws
    {
        let plan = try Self.plan(allowed: "counts, examAUROC")
        let metrics = try Self.comparison([.counts, .examAUROC])
        for (rules, refusal) in [
            (["metrics": "[trainingLoss, counts]"], "policy/metrics"),
            (["minimumCell": "31"], "policy/minimumCell"), ([:], nil),
        ] as [([String: String], String?)] {
            let basis = Basis(plan: plan, rules: try Self.policy(rules))
            let found = try await Self.attempt(metrics, under: plan, by: basis)
            #expect(found == [refusal].filter { $0 != nil })
        }
    }

    @Test func `a member that the metrics do not have is not let out`() async throws {
        let plan = try Self.plan(allowed: "counts")
        var members = try Self.comparison([.counts]).objectValue ?? [:]
        members["note"] = "free text"
        #expect(
            try await Self.attempt(.object(members), under: plan) == ["metrics-not-known"]
        )
        #expect(
            try await Self.attempt(["pixels": [1, 2, 3]], under: plan) == ["metrics-not-known"]
        )
    }

    /// The refusals of an attempt to report metrics, none if they left.
    private static func attempt(
        _ metrics: JSONValue,
        under plan: Plan,
        by basis: Basis? = nil
    ) async throws -> [String?] {
        let found = Found()
        let basis = try basis ?? Basis(plan: plan, rules: policy())
        try await withSite(basis) { client, store, _ in
            // Else the first message is preceded by a greeting.
            _ = try await client.hello()
            let before = try await store.egress().count
            do {
                try await client.report(
                    MetricsReport(modelSHA256: SHA256Digest(hashing: [1]), metrics: metrics),
                    run: try RunID(validating: "run-0011223344556677"),
                    plan: plan.sha256
                )
            } catch let error as AgentError where error.code == .refusedByPolicy {
                #expect(try await store.egress().count == before, "nothing was sent")
            } catch let error as AgentError {
                // There is no such run at the coordinator: the message left.
                #expect(try await store.egress().count == before + 1, "\(error)")
            }
            await found.set(try await refusals(store))
        }
        return await found.reasons
    }

    private actor Found {
        var reasons: [String?] = []

        func set(_ reasons: [String?]) { self.reasons = reasons }
    }

    @Test
    func `no tensor that the plan calls private leaves, and no score that it does not ask for`()
        async throws
    {
        let plan = try Plan.parse(
            yaml: TestRun.text(sites: 1, rounds: 1, deadline: 60).replacing(
                "strategy: fedavg,",
                with: "strategy: fedavg, privateTensors: ['*.norm.*'],"
            )
        )
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID())")
        defer { try? FileManager.default.removeItem(at: file) }
        let one = Tensor(shape: [1], values: [1])
        try Safetensors.write(
            try NamedTensors([("a.norm.weight", one), ("a.weight", one)]),
            to: file
        )
        let digest = try SHA256Digest(ofFile: file)
        for (score, reason) in [(nil, "private-tensor"), (0.5, "metric-not-allowed/examAUROC")]
            as [(Double?, String)]
        {
            let contribution = ContributionRequest(
                deltaSHA256: digest,
                bytes: 3,
                examples: 100,
                meanLoss: 0.5,
                exams: 10,
                positiveExams: 5,
                trainSeconds: 1,
                engine: .init(name: "none", version: "0", isa: "none", threads: 1),
                score: score
            )
            let basis = Basis(
                plan: plan,
                rules: try Self.policy([:]),
                recorded: RecordedUpdate(
                    plan: plan.sha256,
                    isAnswered: false,
                    contribution: contribution
                ),
                given: 0
            )
            try await Self.withSite(basis) { client, store, _ in
                let error = await #expect(throws: AgentError.self) {
                    if score == nil {
                        try await client.upload(file, as: digest, plan: plan.sha256)
                    } else {
                        _ = try await client.contribute(
                            contribution,
                            run: try RunID(validating: "run-0011223344556677"),
                            round: .first,
                            plan: plan.sha256
                        )
                    }
                }
                #expect(error?.code == .refusedByPolicy)
                let refusals = try await Self.refusals(store)
                #expect(refusals == [reason])
            }
        }
    }
}
