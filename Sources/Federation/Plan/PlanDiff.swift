package import CanonicalJSON

/// What changed between two plans, for the person who approves the newer one.
package struct PlanDiff: Sendable, Hashable {
    /// One changed place; a side is nil where the place does not exist in that plan.
    package struct Change: Sendable, Hashable {
        /// Where, as `localTraining.learningRate` or `preprocessing.windows[1].center`.
        package let path: String
        /// The value before.
        package let old: JSONValue?
        /// The value after.
        package let new: JSONValue?
    }

    /// The changes, ascending by path within each section.
    package let changes: [Change]

    /// The changes that turn one plan into the other.
    package init(from old: Plan, to new: Plan) {
        changes = Self.changes(from: old.json, to: new.json, path: "")
    }

    /// One line a change, `path: old -> new`; a sentence where nothing changed.
    package var text: String {
        guard !changes.isEmpty else { return "no change" }
        return changes.map { change in
            let old = change.old.map(\.canonicalText) ?? "(absent)"
            let new = change.new.map(\.canonicalText) ?? "(absent)"
            return "\(change.path): \(old) -> \(new)"
        }.joined(separator: "\n")
    }

    private static func changes(
        from old: JSONValue?,
        to new: JSONValue?,
        path: String
    ) -> [Change] {
        if old == new { return [] }
        if let left = old?.objectValue, let right = new?.objectValue {
            return Set(left.keys).union(right.keys).sorted().flatMap { key in
                changes(
                    from: left[key],
                    to: right[key],
                    path: path.isEmpty ? key : "\(path).\(key)"
                )
            }
        }
        if let left = old?.arrayValue, let right = new?.arrayValue {
            return (0..<max(left.count, right.count)).flatMap { index in
                changes(
                    from: left.indices.contains(index) ? left[index] : nil,
                    to: right.indices.contains(index) ? right[index] : nil,
                    path: "\(path)[\(index)]"
                )
            }
        }
        return [Change(path: path, old: old, new: new)]
    }
}
