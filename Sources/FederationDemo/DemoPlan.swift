import CoordinatorServer
import Federation
import Foundation
import Yams

/// The plan of a demo, with the few values that the command line may replace.
struct DemoPlan: Sendable {
    /// The plan as YAML.
    let text: String
    /// The plan, checked.
    let plan: Plan

    /// Reads `plan.yaml` beside the sites and checks it wholly.
    ///
    /// - Throws: ``DemoError`` `badInput` naming the file and every problem.
    static func read(_ options: DemoOptions) throws -> DemoPlan {
        let url = options.sites.appending(path: "plan.yaml")
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw DemoError(
                .badInput,
                "\(url.path) cannot be read",
                hint: "a demo needs a plan.yaml beside its sites"
            )
        }
        do {
            let changed = try Self.text(text, rounds: options.rounds, seed: options.seed)
            return DemoPlan(text: changed, plan: try PlanCheck(yaml: changed).plan)
        } catch {
            throw DemoError(
                .badInput,
                "\(url.path) is no usable plan:\n\(error)",
                hint: "`fedcoordinator plan check \(url.path)` names every problem"
            )
        }
    }

    private static func text(_ text: String, rounds: Int?, seed: UInt64?) throws -> String {
        guard rounds != nil || seed != nil,
            var node = try Yams.compose(yaml: text), node.mapping != nil
        else { return text }
        if let rounds { node["rounds"] = Node("\(rounds)") }
        if let seed { node["seed"] = Node("\(seed)") }
        return try Yams.serialize(node: node)
    }
}
