import CanonicalJSON
import Evaluation

extension JSONValue {
    /// A number, or null where there is none.
    static func figure(_ value: Double?) -> JSONValue {
        value.map { $0.isFinite ? .number($0) : .null } ?? .null
    }

    /// `[low, high]`, or null where there is none.
    static func figure(_ interval: Interval?) -> JSONValue {
        interval.map { [.number($0.low), .number($0.high)] } ?? .null
    }

    static func figure(_ count: Int) -> JSONValue { .integer(Int64(count)) }

    static func figure(_ values: [Double]) -> JSONValue { .array(values.map(JSONValue.number)) }

    static func figure(_ counts: [Int]) -> JSONValue { .array(counts.map(JSONValue.figure)) }
}
