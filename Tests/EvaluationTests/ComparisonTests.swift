import CanonicalJSON
import Evaluation
import Foundation
import Testing

@Suite struct ComparisonTests {
    @Test func `comparison.json has the documented members and reads back`() throws {
        let comparison = try ComparisonSample.make()
        let bytes = try comparison.encoded()
        #expect(try Comparison(parsing: bytes) == comparison)
        let tree = try JSONValue(parsing: bytes)
        #expect(tree["schema"] == "fed-headct-comparison/1")
        #expect(tree["model"]?["sha256"]?.stringValue?.count == 64)
        #expect(tree["plan"]?["sha256"]?.stringValue?.count == 64)
        #expect(tree["seed"] == 7)
        let round = try #require(tree["rounds"]?[3])
        #expect(round["number"] == 4)
        #expect(round["rollCall"]?["late"] == [["site": "rural", "reason": "deadline"]])
        #expect(round["loss"]?.doubleValue != nil && round["bytes"]?.integerValue != nil)
        let site = try #require(tree["sites"]?[4])
        #expect(site["id"] == "university")
        #expect(site["federated"]?["value"]?["auroc"]?["value"]?["interval"] != nil)
        #expect(site["localOnly"]?["value"]?["operatingPoint"]?["value"]?["sensitivity"] != nil)
        #expect(site["intake"]?["value"]?["quarantine"]?[0]?["reason"] == "burned-in-text")
        #expect(tree["notes"]?[0]?.stringValue == Comparison.phantomWarning)
    }

    @Test func `the stored example of the schema is still what this version writes`() throws {
        let stored = SampleFile.bytes
        let written = try ComparisonSample.make().encoded()
        if ProcessInfo.processInfo.environment["UPDATE_VECTORS"] != nil {
            try Data(written).write(to: SampleFile.url)
        } else {
            #expect(stored == written)
        }
    }

    @Test func `another schema is refused before its members are read`() {
        #expect(throws: EvaluationError.self) {
            try Comparison(parsing: Array(#"{"schema":"fed-headct-comparison/2"}"#.utf8))
        }
    }

    @Test func `every member of the schema is in its article`() throws {
        let article = try String(
            contentsOf: SampleFile.repository.appending(
                path: "Sources/Evaluation/Evaluation.docc/ComparisonFormat.md"
            ),
            encoding: .utf8
        )
        var missing: Set<String> = []
        func visit(_ value: JSONValue) {
            for (key, member) in value.objectValue ?? [:] {
                if !article.contains("`\(key)`") { missing.insert(key) }
                visit(member)
            }
            value.arrayValue?.forEach(visit)
        }
        visit(try JSONValue(parsing: SampleFile.bytes))
        #expect(missing.isEmpty, "\(missing.sorted())")
        for state in WithheldState.allCases { #expect(article.contains("`\(state.rawValue)`")) }
        for detail in WithheldDetail.allCases { #expect(article.contains("`\(detail.rawValue)`")) }
    }

    @Test func `a withheld metric takes no part in a mean`() throws {
        let comparison = try ComparisonSample.make()
        let mean = try #require(comparison.means.first { $0.metric == "auroc" })
        #expect(mean.sites == ["childrens", "university"])
        let values = comparison.sites.compactMap { $0.federated.value?.auroc.value?.estimate }
        #expect(abs(mean.federated - values.reduce(0, +) / 2) < 1e-6)
        #expect(comparison.means.map(\.metric) == ["auroc", "tile-auroc", "dice-mean"])
    }

    @Test func `small quarantine counts are withheld and none follows by subtraction`() {
        let intake = IntakeCounts.report(
            accepted: 400,
            quarantined: ["a": 2, "b": 30, "c": 0],
            trainingExams: 40,
            testExams: 3,
            policy: .standard
        )
        #expect(intake.quarantine[0].files == .withheld(.smallCell))
        #expect(intake.quarantine[2].files == .value(Count(0)))
        #expect(intake.quarantined.value == nil)
        let hidden = [intake.files, intake.accepted, intake.quarantine[1].files]
            .filter { $0.value == nil }
        #expect(!hidden.isEmpty)
        #expect(intake.testExams == .withheld(.smallCell))
        let open = IntakeCounts.report(
            accepted: 4,
            quarantined: ["a": 2],
            trainingExams: 1,
            testExams: 1,
            policy: .publicData
        )
        #expect(open.files == .value(Count(6)))
        #expect(open.quarantined == .value(Count(2)))
    }

    @Test func `the terminal table tells n, intervals, and why a figure is missing`() throws {
        let comparison = try ComparisonSample.make()
        for width in [72, 100, 160] {
            let text = ComparisonTable.render(comparison, width: width)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= width })
            let flat = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
            #expect(flat.contains("site did not"))
            #expect(flat.contains("phantoms test the software"))
        }
        let text = ComparisonTable.render(comparison, width: 200)
        #expect(text.contains("not estimable (one class only: no negative cases)"))
        #expect(text.contains("suppressed (small cell: too few positive cases)"))
        #expect(text.contains("per 100 scans"))
        #expect(text.contains("0.1–5 mL"))
        #expect(text.contains("rural late: deadline"))
        #expect(!text.contains("nan"))
    }

    @Test(arguments: [
        (0.9104, 3, "0.910"), (-0.0004, 3, "0.000"), (-0.25, 1, "−0.3"), (12, 0, "12"),
        (0.0449, 2, "0.04"), (1, 3, "1.000"), (0.9996, 3, "1.000"),
    ])
    func `numbers have a fixed count of decimals`(value: Double, decimals: Int, text: String) {
        #expect(FigureText.fixed(value, decimals) == text)
    }
}

/// The example of the schema that the page's tests read too.
private enum SampleFile {
    static let repository = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    static let url = repository.appending(path: "Tests/DashboardTests/Vectors/comparison.json")
    static var bytes: [UInt8] { (try? Data(contentsOf: url)).map([UInt8].init) ?? [] }
}
