import CanonicalJSON
import Foundation

/// Shows what every party is doing: one line a party that is rewritten on a terminal, plain lines elsewhere, JSON lines on request.
actor ProgressBoard {
    /// In a plain log, a step that goes on has a line this often.
    private static let plainInterval: Duration = .seconds(10)
    /// A terminal is drawn anew at most this often.
    private static let drawInterval: Duration = .milliseconds(80)

    private let json: Bool
    private let terminal: Terminal
    private let start = ContinuousClock.now
    private var lines: [String: String] = [:]
    private var drawn = 0
    private var lastDraw: ContinuousClock.Instant?
    /// What a plain log has told of a party's step, and when.
    private var told: [String: (progress: AgentProgress, at: ContinuousClock.Instant)] = [:]

    init(json: Bool, terminal: Terminal = .standardError) {
        self.json = json
        self.terminal = terminal
    }

    /// Says something about the whole.
    func say(_ text: String) {
        if json {
            terminal.write(jsonLine(party: "demo", text: text))
        } else {
            redraw(after: "\(elapsed)  \(text)\n")
        }
    }

    /// Takes an event line of an agent, as `fedagent --json` writes it.
    func take(_ line: String, from party: String) {
        guard let value = try? JSONValue(parsing: Array(line.utf8)),
            let event = AgentProgress(value)
        else { return }
        if json {
            terminal.write(jsonLine(party: party, text: event.plain))
        } else if terminal.isInteractive {
            lines[party] = event.barred
            guard lastDraw.map({ ContinuousClock.now - $0 >= Self.drawInterval }) ?? true else {
                return
            }
            redraw()
        } else if isWorthALine(event, of: party) {
            told[party] = (event, .now)
            terminal.write("\(elapsed)  \(party): \(event.plain)\n")
        }
    }

    /// The end of a step, and a step that goes on for long; what happens at once is told by the rounds' lines.
    private func isWorthALine(_ event: AgentProgress, of party: String) -> Bool {
        guard let share = event.share else { return false }
        let last = told[party]
        if share >= 1 { return last?.progress != event && !event.step.hasPrefix("training ") }
        guard let last else {
            told[party] = (event, .now)
            return false
        }
        return ContinuousClock.now - last.at >= Self.plainInterval
    }

    /// Takes the parties' lines away, at the end of a phase.
    func clear() {
        lines = [:]
        told = [:]
    }

    /// Takes the parties' lines away and leaves the cursor below what was said.
    func finish() {
        clear()
        if terminal.isInteractive { redraw() }
    }

    private var elapsed: String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return String(format: "%6.1f s", seconds)
    }

    /// Writes `text` where the parties' lines were, and these below it, in one piece.
    private func redraw(after text: String = "") {
        guard terminal.isInteractive else { return terminal.write(text) }
        let erase = drawn > 0 ? "\u{1B}[\(drawn)A\u{1B}[J" : ""
        let width = lines.keys.map(\.count).max() ?? 0
        let parties = lines.keys.sorted().map { party in
            let name = party.padding(toLength: width, withPad: " ", startingAt: 0)
            return String("  \(name)  \(lines[party] ?? "")".prefix(terminal.columns - 1)) + "\n"
        }
        terminal.write(erase + text + parties.joined())
        drawn = parties.count
        lastDraw = .now
    }

    private func jsonLine(party: String, text: String) -> String {
        let value = JSONValue.object(["party": .string(party), "text": .string(text)])
        return String(decoding: value.canonicalBytes, as: UTF8.self) + "\n"
    }
}
