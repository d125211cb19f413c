package import CanonicalJSON
import Yams

/// A YAML settings file read into a JSON value, with less than YAML allows.
///
/// One document; mappings with text keys, sequences, scalars. Plain scalars follow the YAML 1.2
/// core schema, so `no`, `on` and `012` stay text. Tags are refused. Settings are written by the
/// operator or a site admin; the limits keep a wrong file from costing time or stack.
package enum YAMLDocument {
    /// The longest document: the longest plan of this project is a twentieth of it.
    package static let lengthMaxBytes = 64 << 10

    /// Parses a document; every problem has the code `syntax` and names a line where it can.
    package static func parse(_ text: String) throws(PlanError) -> JSONValue {
        guard text.utf8.count <= lengthMaxBytes else {
            throw problem("the file is longer than \(lengthMaxBytes / 1024) KiB")
        }
        guard nestingIsBounded(text) else { throw problem("the file is nested too deeply") }
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw problem(sentence(for: error))
        }
        guard let root else { throw problem("the file is empty") }
        var conversion = YAMLConversion()
        let value = conversion.value(of: root, path: "", depth: 0)
        guard conversion.problems.isEmpty else { throw PlanError(problems: conversion.problems) }
        return value
    }

    private static func problem(_ message: String) -> PlanError {
        PlanError(problems: [PlanProblem(.syntax, at: "", message)])
    }

    // The composer recurses once a level: bound what one line or one flow collection can open.
    private static func nestingIsBounded(_ text: String) -> Bool {
        var openings = 0
        for line in text.utf8.split(separator: UInt8(ascii: "\n")) {
            let dashes = line.prefix { " -?\t".utf8.contains($0) }.count { $0 != 32 }
            guard dashes <= 32, line.prefix(while: { $0 == 32 }).count <= 256 else { return false }
            openings += line.count { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") }
        }
        return openings <= 1000
    }

    private static func sentence(for error: any Error) -> String {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            "not valid YAML at line \(mark.line), column \(mark.column): \(problem)"
        case .duplicatedKeysInMapping(let keys, _):
            "the key \(keys.joined(separator: ", ")) stands twice in one section"
        case .reader(let problem, _, _, _): "not valid YAML: \(problem)"
        default: "not valid YAML"
        }
    }
}
