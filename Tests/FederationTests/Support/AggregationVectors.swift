import CanonicalJSON
import Foundation
import TestSupport

/// A file of `golden/aggregation`, with the strings NaN and Infinity read as numbers.
struct AggregationVectors {
    let cases: [JSONValue]

    init(_ name: String) throws {
        let bytes = try SharedData.bytes("golden/aggregation/\(name).json")
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
}
