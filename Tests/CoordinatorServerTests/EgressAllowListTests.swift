import AuditLog
import AuditedDatabase
import CanonicalJSON
import Evaluation
import Federation
import Foundation
import Identity
import SiteAgent
import SiteStore
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

    /// A site with a database, whose client lets out what the plan allows.
    private static func withSite(
        approving plan: Plan?,
        _ body: @escaping @Sendable (CoordinatorClient, SiteStore) async throws -> Void
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
                allowList: .plans { $0 == plan?.sha256 ? plan : nil },
                ledger: store
            ) { try await body($0, store) }
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
    private static func attempt(_ metrics: JSONValue, under plan: Plan) async throws -> [String?] {
        let found = Found()
        try await withSite(approving: plan) { client, store in
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
}
