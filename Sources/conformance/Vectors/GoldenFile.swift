import CanonicalJSON
import Foundation

/// One vector file: what it is about, how exactly to compare, and its cases.
struct GoldenFile {
    let kind: String
    let tolerance: Tolerance
    let cases: [JSONValue]

    init(_ url: URL) throws {
        let bytes: [UInt8]
        do {
            bytes = [UInt8](try Data(contentsOf: url))
        } catch {
            throw CaseProblem("cannot be read")
        }
        let tree: JSONValue
        do {
            tree = try JSONValue(parsing: bytes)
        } catch {
            throw CaseProblem(error.description)
        }
        // The statistics files name their kind; the others are named for it.
        kind = tree["statistic"]?.stringValue ?? url.deletingPathExtension().lastPathComponent
        tolerance = Tolerance(tree["tolerance"])
        cases = tree["cases"]?.arrayValue ?? Self.sections(of: tree)
    }

    /// The cases of files that have sections instead: each with the keys it needs beside it.
    private static func sections(of tree: JSONValue) -> [JSONValue] {
        var cases: [JSONValue] = []
        if tree["leaves_hex"] != nil { cases.append(tree) }
        if let log = tree["log"] {
            cases.append(.object((log.objectValue ?? [:]).merging(["log": log]) { $1 }))
        }
        for name in ["inclusion", "consistency"] { cases += tree[name]?.arrayValue ?? [] }
        for item in tree["checkpoints"]?.arrayValue ?? [] {
            let shared = ["log": tree["log"] ?? nil, "witnesses": tree["witnesses"] ?? nil]
            cases.append(.object((item.objectValue ?? [:]).merging(shared) { $1 }))
        }
        return cases
    }
}
