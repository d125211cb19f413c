import CanonicalJSON
import Federation

/// Rules that combine the updates of sites.
///
/// A case expects `expected`, and in some files `expected_…` beside it, at its top level.
enum AggregationKinds {
    static let all = [
        VectorKind(name: "fedavg_weighted", compute: fedavg, expected: expectedMembers)
    ]

    private static func expectedMembers(_ item: JSONValue) throws -> JSONValue {
        let members = (item.objectValue ?? [:]).filter { $0.key.hasPrefix("expected") }
        guard !members.isEmpty else { throw CaseProblem("has no member expected") }
        return .object(members)
    }

    /// The accumulator of `FedAvg`, fed update by update in the order given.
    private static func fedavg(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let updates = try root.member("updates").elements().map { try $0.numbers() }
        let weights = try root.member("weights").numbers()
        let count = updates.first?.count ?? 0
        guard updates.count == weights.count, updates.allSatisfy({ $0.count == count }),
            weights.allSatisfy({ $0 >= 0 })
        else { throw CaseProblem("updates and weights do not fit together") }
        var weighted = WeightedMean(count: count)
        var uniform = WeightedMean(count: count)
        for (update, weight) in zip(updates, weights) {
            weighted.add(update, weight: weight)
            uniform.add(update, weight: 1)
        }
        return [
            "expected": weighted.mean.map(JSONValue.figure) ?? nil,
            "expected_uniform": uniform.mean.map(JSONValue.figure) ?? nil,
        ]
    }
}
