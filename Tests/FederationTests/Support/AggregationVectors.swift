import CanonicalJSON
import Foundation
import TestSupport

/// A file of `Vectors`, with the strings NaN and Infinity read as numbers.
struct AggregationVectors {
    let cases: [JSONValue]

    init(_ name: String) throws {
        let url = SharedData.repository.appending(
            path: "Tests/FederationTests/Vectors/\(name).json"
        )
        let bytes = [UInt8](try Data(contentsOf: url))
        cases = try JSONValue(parsing: bytes)["cases"]?.arrayValue ?? []
    }

    static func vector(_ value: JSONValue?) -> [Double] {
        (value?.arrayValue ?? []).map(number)
    }

    static func matrix(_ value: JSONValue?) -> [[Double]] {
        (value?.arrayValue ?? []).map { vector($0) }
    }

    static func number(_ value: JSONValue) -> Double {
        switch value.stringValue {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: value.doubleValue ?? .nan
        }
    }

    static func integers(_ value: JSONValue?) -> [Int] { vector(value).map { Int($0) } }
}

/// Whether two vectors agree within max(absolute, relative × |expected|), value by value.
func agree(
    _ values: [Double],
    _ expected: [Double],
    relative: Double = 1e-10,
    absolute: Double = 1e-12
) -> Bool {
    values.count == expected.count
        && zip(values, expected).allSatisfy {
            abs($0 - $1) <= max(absolute, relative * abs($1))
        }
}
