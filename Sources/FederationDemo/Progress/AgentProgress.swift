import CanonicalJSON
import Foundation

/// An event of `fedagent --json`, for people: which step, how far, and a few words.
struct AgentProgress: Sendable, Hashable {
    /// The step it belongs to; the same for all events of a step.
    let step: String
    /// How far the step is, 0 to 1; nil for something that happens at once.
    let share: Double?
    /// What there is to tell.
    let words: String

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
        let round = Int(number("round"))
        step = round > 0 ? "\(name) \(round)" : name
        share =
            switch name {
            case "training": number("fraction")
            case "simulating", "intake", "scoring":
                number("total") > 0 ? number("done") / number("total") : 1
            default: nil
            }
        switch name {
        case "simulating": words = "of exams simulated"
        case "intake": words = "of files de-identified, \(Int(number("quarantined"))) quarantined"
        case "training":
            let what = round == 0 ? "of the local-only baseline" : "of round \(round)"
            words = "\(what) trained, loss \(String(format: "%.3f", number("loss")))"
        case "scoring": words = "of test exams scored"
        case "contributed": words = "update of round \(round) sent"
        case "planAnswered": words = Self.answer(value)
        default: return nil
        }
    }

    private static func answer(_ value: JSONValue) -> String {
        guard case .string(let decision) = value["decision"] else { return "plan answered" }
        return "plan \(decision)"
    }

    /// The words after a bar, on a terminal.
    var barred: String {
        guard let share else { return words }
        let filled = Int((share * 20).rounded())
        let bar =
            String(repeating: "█", count: filled)
            + String(repeating: "░", count: max(0, 20 - filled))
        return "\(bar) \(percent(share)) \(words)"
    }

    /// The words after a percentage, in a plain log.
    var plain: String { share.map { "\(percent($0)) \(words)" } ?? words }

    private func percent(_ share: Double) -> String { "\(Int(share * 100)) %" }
}
