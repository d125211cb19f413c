import CanonicalJSON
import Federation
import Foundation
import Testing

@Suite struct PlanTests {
    @Test func `the repository's plan has no problem`() throws {
        #expect(try !TestPlan.ofTheRepository().metrics.allowed.isEmpty)
    }

    @Test func `a plan is read section by section`() throws {
        let plan = try TestPlan.plan()
        #expect(plan.name == "demo-haemorrhage")
        #expect(plan.preprocessing.windows.map(\.name) == ["brain", "subdural", "bone"])
        #expect(plan.metrics.volumeStrataML == [0.1, 5, 25])
        #expect(plan.localTraining.augment.flip)
    }

    @Test func `every problem is listed at once`() throws {
        let problems = TestPlan.problems(replacing: [
            ("schema: fed-headct-plan/1", "schema: fed-headct-plan/9"),
            ("optimizer: adam", "optimizer: lion"),
            ("gridSize: 64", "gridSize: 60"),
            ("slabDepth: 5", "slabDepth: 4"),
            ("deadlineSeconds: 120", "deadlineSeconds: soon"),
            ("  minimumExams: 4\n", ""),
            ("stragglers: close", "stragglers: close\ntypo: 1"),
            ("volumeStrataML: [0.1, 5, 25]", "volumeStrataML: [5, 0.1]"),
            ("examShare: 0.5", "examShare: 1.5"),
        ])
        #expect(
            problems == [
                "not-a-choice schema", "missing cohort.minimumExams",
                "out-of-range preprocessing.gridSize", "out-of-range preprocessing.slabDepth",
                "not-a-choice localTraining.optimizer", "out-of-range quorum.examShare",
                "wrong-type deadlineSeconds", "inconsistent metrics.volumeStrataML",
                "unknown-key typo",
            ]
        )
    }

    @Test(
        arguments: [
            ("stepsPerRound: 20", "stepsPerRound: 20\n  epochs: 2", "inconsistent epochs"),
            ("  stepsPerRound: 20\n", "", "missing stepsPerRound"),
            ("optimizer: adam", "optimizer: adam\n  momentum: 0.9", "inconsistent momentum"),
            ("learningRate: 0.003", "learningRate: 0", "out-of-range learningRate"),
            ("batchSize: 8", "batchSize: 8.5", "wrong-type batchSize"),
            ("batchSize: 8", "batchSize: '8'", "wrong-type batchSize"),
            ("batchSize: 8", "batchSize: true", "wrong-type batchSize"),
        ])
    func `local training is checked`(old: String, new: String, problem: String) throws {
        let parts = problem.split(separator: " ")
        #expect(
            TestPlan.problems(replacing: [(old, new)])
                == ["\(parts[0]) localTraining.\(parts[1])"]
        )
    }

    @Test func `an empty document misses every required section`() {
        let error = #expect(throws: PlanError.self) { try Plan.parse(yaml: "{}") }
        let paths = Set(error?.problems.filter { $0.code == .missing }.map(\.path) ?? [])
        #expect(
            paths == [
                "schema", "name", "description", "seed", "cohort", "preprocessing", "model",
                "localTraining", "rounds", "quorum", "deadlineSeconds", "aggregation", "metrics",
            ]
        )
    }

    @Test func `the digest does not depend on the order or the layout of the file`() throws {
        let plan = try TestPlan.plan()
        let sections = TestPlan.yaml.components(separatedBy: "\n\n")
        let reordered = sections.reversed().joined(separator: "\n\n\n")
        #expect(try Plan.parse(yaml: reordered).sha256 == plan.sha256)
        #expect(try Plan.parse(json: plan.canonicalBytes) == plan)
        #expect(try Plan.parse(json: plan.canonicalBytes).sha256 == plan.sha256)
    }

    @Test func `the canonical form is canonical JSON with every default written out`() throws {
        let plan = try TestPlan.plan()
        let json = try JSONValue(parsingCanonical: plan.canonicalBytes)
        #expect(json["localTraining"]?["augment"]?["rotationDegrees"]?.doubleValue == 0)
        #expect(json["schema"]?.stringValue == "fed-headct-plan/1")
    }

    @Test func `Codable gives the same plan and refuses a wrong one`() throws {
        let plan = try TestPlan.plan()
        let bytes = try CanonicalEncoder().encode(plan)
        #expect(bytes == plan.canonicalBytes)
        #expect(try JSONDecoder().decode(Plan.self, from: Data(bytes)) == plan)
        #expect(throws: PlanError.self) {
            try JSONDecoder().decode(Plan.self, from: Data("{\"rounds\":0}".utf8))
        }
    }

    @Test func `every change changes the digest`() throws {
        let plan = try TestPlan.plan()
        var changed = plan
        changed.metrics.threshold = 0.25
        #expect(changed.sha256 != plan.sha256)
        changed = plan
        changed.model = ["architecture": "m1"]
        #expect(changed.sha256 != plan.sha256)
    }

    @Test func `a diff lists the changed places, old and new`() throws {
        let plan = try TestPlan.plan()
        var changed = plan
        changed.localTraining.learningRate = 0.01
        changed.preprocessing.windows.removeLast()
        changed.updateValidation.maximumAbs = nil
        let diff = PlanDiff(from: plan, to: changed)
        #expect(
            diff.changes.map(\.path) == [
                "localTraining.learningRate", "preprocessing.windows[2]",
                "updateValidation.maximumAbs",
            ]
        )
        #expect(diff.text.contains("localTraining.learningRate: 0.003 -> 0.01"))
        #expect(diff.text.contains("updateValidation.maximumAbs: 100 -> (absent)"))
        #expect(PlanDiff(from: plan, to: plan).text == "no change")
    }

    @Test func `the summary fits a page and names what leaves the site`() throws {
        let plan = try TestPlan.plan()
        let text = PlanSummary(plan).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count <= 60 && lines.allSatisfy { $0.count <= 100 })
        for words in [plan.sha256.rawValue, "What leaves your site", "tileAUROC", "5 rounds"] {
            #expect(text.contains(words))
        }
    }

    @Test func `scores are pooled as the plan says`() throws {
        var pooling = try TestPlan.plan().metrics.scorePooling
        #expect(pooling.pool([0.1, 0.9, 0.5, 0.7]) == (0.9 + 0.7 + 0.5) / 3)
        #expect(pooling.pool([0.25]) == 0.25)
        pooling.method = .maximum
        #expect(pooling.pool([0.1, 0.9, 0.5]) == 0.9)
        pooling.method = .mean
        #expect(pooling.pool([0.25, 0.75]) == 0.5)
    }
}
