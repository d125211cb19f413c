import CanonicalJSON

/// A kind of vector file: how this program computes what a case expects.
///
/// To add one: a function from a case to the tree of its expected members, and a line in `all`.
struct VectorKind: Sendable {
    let name: String
    /// The tree this program computes, with null for "not estimable".
    let compute: @Sendable (JSONValue) throws -> JSONValue
    /// The tree the case expects.
    var expected: @Sendable (JSONValue) throws -> JSONValue = { item in
        guard let expected = item["expected"] else { throw CaseProblem("has no member expected") }
        return expected
    }

    static let all: [VectorKind] =
        DiscriminationKinds.all + ProportionKinds.all + OverlapKinds.all + AggregationKinds.all
        + SecurityKinds.all

    /// The kind of that name, also where a file adds a suffix to it.
    static func named(_ name: String) -> VectorKind? {
        all.first { $0.name == name } ?? all.first { name.hasPrefix($0.name + "_") }
    }
}
