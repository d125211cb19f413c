import CanonicalJSON
import Evaluation
import Foundation
import Testing

/// A golden file beside these tests, and how to compare with it.
struct Vectors {
    let cases: [JSONValue]
    private let relative: Double
    private let absolute: Double

    init(_ name: String) throws {
        let url = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "Vectors/\(name).json")
        let tree = try JSONValue(parsing: [UInt8](Data(contentsOf: url)))
        cases = try #require(tree["cases"]?.arrayValue)
        relative = try #require(tree["tolerance"]?["relative"]?.doubleValue)
        absolute = try #require(tree["tolerance"]?["absolute"]?.doubleValue)
    }

    /// Whether a value agrees; null in the file and nil here are "not estimable".
    func agree(_ value: Double?, _ expected: JSONValue?) -> Bool {
        guard let expected, !expected.isNull else { return value == nil }
        guard let value, let number = expected.doubleValue else { return false }
        return abs(value - number) <= max(absolute, relative * abs(number))
    }

    func agree(_ interval: Interval?, _ expected: JSONValue?) -> Bool {
        guard let expected, !expected.isNull, expected[0]?.isNull == false else {
            return interval == nil
        }
        return agree(interval?.low, expected[0]) && agree(interval?.high, expected[1])
    }

    func agree(_ values: [Double], _ expected: JSONValue?) -> Bool {
        guard let list = expected?.arrayValue, list.count == values.count else { return false }
        return zip(values, list).allSatisfy { agree($0, $1) }
    }
}

extension JSONValue {
    /// The numbers of an array member.
    func doubles(_ key: String) throws -> [Double] {
        let elements = try #require(self[key]?.arrayValue)
        return elements.compactMap(\.doubleValue)
    }

    /// The 0/1 values of an array member.
    func flags(_ key: String) throws -> [Bool] { try doubles(key).map { $0 == 1 } }

    func int(_ key: String) throws -> Int { Int(try #require(self[key]?.integerValue)) }

    var id: String { self["id"]?.stringValue ?? "?" }
}
