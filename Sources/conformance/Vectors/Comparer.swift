import CanonicalJSON

/// Compares a computed tree with the expected one, key by key.
struct Comparer {
    let tolerance: Tolerance
    private(set) var compared = 0
    private(set) var unsupported: Set<String> = []
    private(set) var firstDifference: String?

    init(tolerance: Tolerance) { self.tolerance = tolerance }

    /// A key that the computed object lacks is unsupported; a computed null is "not estimable".
    mutating func compare(_ computed: JSONValue, _ expected: JSONValue, at path: String) {
        switch (computed, expected) {
        case (.object(let mine), .object(let theirs)):
            for key in theirs.keys.sorted() {
                let inner = path.isEmpty ? key : "\(path).\(key)"
                guard let value = mine[key], let other = theirs[key] else {
                    unsupported.insert(Self.withoutIndices(inner))
                    continue
                }
                compare(value, other, at: inner)
            }
        case (.array(let mine), .array(let theirs)):
            guard mine.count == theirs.count else {
                return differ(path, "\(mine.count) elements", "\(theirs.count)")
            }
            for (index, pair) in zip(mine, theirs).enumerated() {
                compare(pair.0, pair.1, at: "\(path)[\(index)]")
            }
        default:
            compareLeaves(computed, expected, at: path)
        }
    }

    private mutating func compareLeaves(
        _ computed: JSONValue,
        _ expected: JSONValue,
        at path: String
    ) {
        compared += 1
        if computed.isNull || expected.isNull {
            // An interval that is not estimable is null here and [null, null] in some files.
            let isAbsent = expected.arrayValue?.allSatisfy(\.isNull) ?? expected.isNull
            if !(computed.isNull && isAbsent) { differ(path, computed, expected) }
        } else if let mine = computed.doubleValue, let theirs = expected.doubleValue {
            if !tolerance.allows(mine, theirs) { differ(path, computed, expected) }
        } else if computed != expected {
            differ(path, computed, expected)
        }
    }

    private mutating func differ(_ path: String, _ computed: JSONValue, _ expected: JSONValue) {
        let text = { (value: JSONValue) in value.isNull ? "not estimable" : value.canonicalText }
        differ(path, text(computed), text(expected))
    }

    private mutating func differ(_ path: String, _ computed: String, _ expected: String) {
        firstDifference = firstDifference ?? "\(path): computed \(computed), expected \(expected)"
    }

    private static func withoutIndices(_ path: String) -> String {
        var depth = 0
        return String(
            path.filter { character in
                if character == "[" { depth += 1 }
                defer { if character == "]" { depth -= 1 } }
                return depth == 0
            }
        )
    }
}
