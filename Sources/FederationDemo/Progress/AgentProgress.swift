import CanonicalJSON
import Foundation

/// An event of `fedagent --json` as one short text.
struct AgentProgress {
    /// The text, with a bar for steps that have one.
    let text: String
    /// The same for all events between two tenths of a step, so that plain logs stay short.
    let milestone: String

    /// Reads an event; nil for one that is not for display.
    init?(_ event: JSONValue) {
        guard case .object(let members) = event, let (name, value) = members.first else {
            return nil
        }
        func number(_ key: String) -> Double {
            switch value[key] {
            case .integer(let number): Double(number)
            case .number(let number): number
            default: 0
            }
        }
        let share = number("total") > 0 ? number("done") / number("total") : number("fraction")
        switch name {
        case "simulating": text = Self.bar(share) + " simulated exams"
        case "intake":
            text = Self.bar(share) + " de-identified, \(Int(number("quarantined"))) quarantined"
        case "training":
            let step = number("round") == 0 ? "baseline" : "round \(Int(number("round")))"
            text = Self.bar(share) + " \(step), loss " + String(format: "%.3f", number("loss"))
        case "scoring": text = Self.bar(share) + " scored exams"
        case "contributed":
            text =
                "round \(Int(number("round"))): sent \(Int(number("bytes")) / 1024) KiB"
        case "planAnswered": text = "answered the plan"
        case "runEnded": text = "done"
        default: return nil
        }
        milestone = share > 0 && share < 1 ? "\(name) \(Int(share * 4))" : text
    }

    private static func bar(_ share: Double) -> String {
        let filled = Int((share * 20).rounded())
        let bar =
            String(repeating: "#", count: filled)
            + String(repeating: "-", count: max(0, 20 - filled))
        return "[\(bar)] \(Int(share * 100)) %"
    }
}
