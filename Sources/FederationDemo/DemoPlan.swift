import Yams

/// The plan of a demo, with the few values that the command line may replace.
struct DemoPlan {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The plan's text with other rounds and seed.
    ///
    /// - Throws: ``DemoError`` if it is no YAML mapping.
    func changed(rounds: Int?, seed: UInt64?) throws -> String {
        guard rounds != nil || seed != nil else { return text }
        guard var node = try Yams.compose(yaml: text), node.mapping != nil else {
            throw DemoError("the plan is no YAML mapping")
        }
        if let rounds { node["rounds"] = Node("\(rounds)") }
        if let seed { node["seed"] = Node("\(seed)") }
        return try Yams.serialize(node: node)
    }
}
