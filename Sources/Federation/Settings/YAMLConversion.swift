import CanonicalJSON
import Yams

/// Turns composed YAML nodes into JSON values and collects what has no JSON form.
struct YAMLConversion {
    private(set) var problems: [PlanProblem] = []
    private var nodeCount = 0

    // Bounds the expansion of aliases, which the composer repeats in place.
    private static let nodeCountMax = 10_000
    private static let depthMax = 32

    /// The value of a node; `null` with a problem recorded where there is none.
    mutating func value(of node: Node, path: String, depth: Int) -> JSONValue {
        nodeCount += 1
        guard nodeCount <= Self.nodeCountMax, depth <= Self.depthMax else {
            if nodeCount == Self.nodeCountMax + 1 || depth > Self.depthMax {
                record(path, "the file holds too many values or is nested too deeply")
            }
            return .null
        }
        switch node {
        case .scalar(let scalar): return self.scalar(scalar, path: path)
        case .sequence(let sequence):
            guard hasOwnTag(sequence.tag, .seq, path: path) else { return .null }
            return .array(
                sequence.enumerated().map { index, element in
                    value(of: element, path: "\(path)[\(index)]", depth: depth + 1)
                }
            )
        case .mapping(let mapping): return object(mapping, path: path, depth: depth)
        case .alias:
            record(path, "aliases are not allowed")
            return .null
        }
    }

    private mutating func object(_ mapping: Node.Mapping, path: String, depth: Int) -> JSONValue {
        guard hasOwnTag(mapping.tag, .map, path: path) else { return .null }
        var members: [String: JSONValue] = [:]
        for (key, element) in mapping {
            guard case .scalar(let scalar) = key else {
                record(path, "a key must be text")
                continue
            }
            let name = scalar.string
            let below = path.isEmpty ? name : "\(path).\(name)"
            let inserted = members.updateValue(
                value(of: element, path: below, depth: depth + 1),
                forKey: name
            )
            if inserted != nil { record(below, "the key stands twice") }
        }
        return .object(members)
    }

    private mutating func scalar(_ scalar: Node.Scalar, path: String) -> JSONValue {
        if scalar.tag.rawValue == Tag.Name.str.rawValue { return .string(scalar.string) }
        guard scalar.tag.rawValue.isEmpty else {
            record(path, "tags are not allowed")
            return .null
        }
        let value = PlainScalar.value(of: scalar.string)
        if case .integer(let integer) = value,
            integer.magnitude > JSONValue.largestSafeInteger.magnitude
        {
            record(path, "a whole number must lie within ±(2^53 − 1)")
            return .null
        }
        return value
    }

    private mutating func hasOwnTag(_ tag: Tag, _ expected: Tag.Name, path: String) -> Bool {
        if tag.rawValue.isEmpty || tag.rawValue == expected.rawValue { return true }
        record(path, "tags are not allowed")
        return false
    }

    private mutating func record(_ path: String, _ message: String) {
        problems.append(PlanProblem(.syntax, at: path, message))
    }
}
