import Evaluation
import Federation
import Foundation
import SiteAgent
import TestSupport
import Testing

@Suite struct SitePolicyTests {
    private static let lines = [
        "metrics: [trainingLoss, counts, examAUROC]", "minimumCohort: 37", "minimumCell: 7",
        "maximumRounds: 43", "hours: ['00:00-24:00']", "timeZone: local", "plans: ['*']",
        "privacyBudget: unlimited",
    ]

    static func policy(_ changes: [Int: String] = [:]) throws -> SitePolicy {
        try withFile(changes) { try SitePolicy.read(from: $0) }
    }

    private static func withFile<Result>(
        _ changes: [Int: String],
        mode: Int = 0o600,
        _ body: (URL) throws -> Result
    ) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        let text = lines.enumerated().map { changes[$0] ?? $1 }.joined(separator: "\n")
        try Data(text.utf8).write(to: file)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return try body(file)
    }

    static func plan(_ change: (String) -> String = { $0 }) throws -> Plan {
        let file = SharedData.repository.appending(path: "Sites/plan.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
            .replacing(/allowed: \[[^\]]*\]/, with: "allowed: [trainingLoss, counts]")
            .replacing(/\nrounds: [0-9]+/, with: "\nrounds: 43")
        return try Plan.parse(yaml: change(text))
    }

    @Test func `the default policy can be read and lets the product work`() async throws {
        let site = try await SmallHospital()
        let policy = try SitePolicy.read(from: site.folder.policy)
        #expect(policy.metrics == Set(MetricsRules.Kind.allCases))
        #expect(policy.minimumCell == 3 && policy.minimumCohort == 3)
        let plan = try Self.plan()
        #expect(policy.objections(to: plan, trainingExams: 3, roundsAsked: plan.rounds).isEmpty)
        let mode = try FileManager.default.attributesOfItem(atPath: site.folder.policy.path)
        #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
        #expect(throws: AgentError.self) {
            try SitePolicy.writeDefault(
                for: try SiteProfile.read(from: site.folder.profile),
                to: site.folder
            )
        }
    }

    @Test(arguments: 0..<8)
    func `a rule that is missing closes the site`(line: Int) {
        let error = #expect(throws: AgentError.self) { try Self.policy([line: ""]) }
        #expect(error?.code == .badConfiguration)
        let key = Self.lines[line].prefix { $0 != ":" }
        #expect(error?.message.contains("\(key): is missing") == true, "\(error?.message ?? "")")
    }

    @Test(arguments: [
        (0, "metrics: [dices]", ":1: metrics[0]: must be one of"),
        (1, "minimumCohort: 0", ":2: minimumCohort: must lie between 1"),
        (2, "minimumCell: many", ":3: minimumCell: must be a whole number"),
        (3, "maximumRounds: -1", ":4: maximumRounds: must lie between 0"),
        (4, "hours: ['22:00']", ":5: hours: 22:00 is no span of time"),
        (4, "hours: []", ":5: hours: must have 1"),
        (5, "timeZone: Mars", ":6: timeZone: must be local"),
        (7, "privacyBudget: much", ":8: privacyBudget: must be unlimited, or"),
        (7, "privacyBudget: {epsilon: 0, delta: 0}", ":8: privacyBudget.epsilon: must be above"),
        (7, "privacyBudgets: unlimited", "privacyBudget: is missing"),
        (0, "metrics: [", "not valid YAML"),
    ])
    func `a rule that is wrong is told with its line`(line: Int, text: String, words: String) {
        let error = #expect(throws: AgentError.self) { try Self.policy([line: text]) }
        #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }

    @Test func `a file that others can write, or that is not there, closes the site`() {
        for mode in [0o620, 0o602, 0o666] {
            let error = #expect(throws: AgentError.self) {
                try Self.withFile([:], mode: mode) { try SitePolicy.read(from: $0) }
            }
            #expect(error?.message.contains("can be changed by other users") == true)
        }
        let error = #expect(throws: AgentError.self) {
            try SitePolicy.read(from: URL(filePath: "/nowhere/policy.yaml"))
        }
        #expect(error?.code == .badConfiguration && error?.hint?.contains("policy write") == true)
    }

    @Test(arguments: [
        (
            3, "maximumRounds: 42", PolicyObjection.Rule.maximumRounds, RefusalReason.budgetSpent,
            "42"
        ),
        (1, "minimumCohort: 38", .minimumCohort, .tooFewExams, "38"),
        (0, "metrics: [trainingLoss, dice]", .metrics, .planDeclined, "dice"),
        (0, "metrics: [counts, dice]", .metrics, .planDeclined, "dice"),
        (6, "plans: ['ich-pilot*', other]", .plans, .planDeclined, "ich-pilot"),
        (7, "privacyBudget: {epsilon: 8.25, delta: 0.00001}", .privacyBudget, .budgetSpent, "8.25"),
    ])
    func `each rule declines its plan, and the operator's words keep the rule's content`(
        line: Int,
        text: String,
        rule: PolicyObjection.Rule,
        reason: RefusalReason,
        secret: String
    ) throws {
        let plan = try Self.plan()
        func objections(_ policy: SitePolicy) -> [PolicyObjection] {
            policy.objections(to: plan, trainingExams: 37, roundsAsked: plan.rounds)
        }
        #expect(objections(try Self.policy()).isEmpty)
        let found = objections(try Self.policy([line: text]))
        #expect(found.map(\.rule) == [rule])
        let objection = try #require(found.first)
        #expect(objection.refusal == reason)
        #expect(!objection.atCoordinator.contains(secret), "\(objection.atCoordinator)")
        #expect(!objection.atCoordinator.contains("37"), "\(objection.atCoordinator)")
    }

    @Test func `rounds given before count`() throws {
        let (policy, plan) = (try Self.policy(), try Self.plan())
        func rules(given: Int, asked: Int) -> [PolicyObjection.Rule] {
            policy.objections(
                to: plan,
                trainingExams: nil,
                roundsGiven: given,
                roundsAsked: asked
            ).map(\.rule)
        }
        #expect(rules(given: 42, asked: 1).isEmpty && rules(given: 43, asked: 0).isEmpty)
        #expect(rules(given: 43, asked: 1) == [.maximumRounds])
        #expect(rules(given: 1, asked: 43) == [.maximumRounds])
    }

    @Test(arguments: [
        ("head-*", "head-ct", true), ("*-ct", "head-ct", true), ("h*d*t", "head-ct", true),
        ("head", "head-ct", false), ("*xx*", "head-ct", false), ("head-ct*ct", "head-ct", false),
        ("*", "head-ct", true), ("head-ct", "head-ct", true),
    ])
    func `plans are listed by name`(pattern: String, name: String, isListed: Bool) throws {
        let policy = try Self.policy([6: "plans: ['\(pattern)']"])
        let plan = try Self.plan {
            $0.replacing(/name: .*/, with: "name: \(name)", maxReplacements: 1)
        }
        let rules = policy.objections(to: plan, trainingExams: nil, roundsAsked: 1).map(\.rule)
        #expect(rules == (isListed ? [] : [.plans]))
        let own = try Self.policy([6: "plans: ['\(plan.sha256)']"])
        #expect(own.objections(to: plan, trainingExams: nil, roundsAsked: 1).isEmpty)
    }

    @Test(arguments: [1, 3, 5, 10])
    func `what disclosure control lets out holds no count that the policy forbids`(cell: Int) throws
    {
        var generator = SystemRandomNumberGenerator()
        var policy = DisclosurePolicy.publicData
        policy.minimumCell = cell
        policy.minimumCases = cell
        let request = MetricsRequest(
            allowed: Set(MetricKind.allCases),
            threshold: 0.5,
            strata: try VolumeStrata(edgesML: [0.1, 5, 25])
        )
        for _ in 0..<200 {
            let exams = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
                let label = Double.random(in: 0...1, using: &generator) < 0.3
                let score = Double.random(in: 0...1, using: &generator) + (label ? 0.3 : 0)
                return ExamResult(score: score, label: label)
            }
            let metrics = try SiteMetrics.compute(exams: exams, request: request, policy: policy)
            let line = SiteComparison(id: "a", name: "A", federated: .value(metrics))
            let small = line.releasedCounts.filter { (1..<cell).contains($0) }
            #expect(small.isEmpty, "\(small) of \(exams.count)")
        }
    }
}
