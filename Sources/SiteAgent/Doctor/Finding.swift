import Foundation

/// What one check of `fedagent doctor` found.
package struct Finding: Sendable, Hashable, Codable {
    /// How bad it is.
    package enum State: String, Sendable, Hashable, Codable {
        case ok
        case warn
        case fail
    }

    /// What was looked at, one word.
    package let check: String
    /// How bad it is.
    package let state: State
    /// What was found.
    package let text: String
    /// What to do; nil if nothing.
    package let advice: String?

    /// Makes a finding.
    package init(_ check: String, _ state: State, _ text: String, advice: String? = nil) {
        self.check = check
        self.state = state
        self.text = text
        self.advice = advice
    }

    /// A line, and a second one with the advice.
    package var lines: String {
        let pad = String(repeating: " ", count: max(1, 13 - check.count))
        let mark = state.rawValue.padding(toLength: 5, withPad: " ", startingAt: 0)
        let first = "\(mark) \(check)\(pad)\(text)"
        return advice.map { "\(first)\n                   -> \($0)" } ?? first
    }
}
