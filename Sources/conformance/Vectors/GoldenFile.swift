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
        cases = tree["cases"]?.arrayValue ?? []
    }
}
