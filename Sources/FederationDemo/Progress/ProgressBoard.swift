import CanonicalJSON
import Foundation

/// Shows what every party is doing: one line a party that is rewritten on a terminal, plain lines elsewhere, JSON lines on request.
actor ProgressBoard {
    private let json: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private var lines: [String: String] = [:]
    private var drawn = 0
    private var lastStep: [String: String] = [:]

    init(json: Bool) { self.json = json }

    /// Says something about the whole.
    func say(_ text: String) {
        if json {
            write(jsonLine(party: "demo", text: text))
        } else {
            erase()
            write("\(elapsed)  \(text)\n")
            draw()
        }
    }

    /// Takes an event line of an agent, as `fedagent --json` writes it.
    func take(_ line: String, from party: String) {
        guard let value = try? JSONValue(parsing: Array(line.utf8)),
            let event = AgentProgress(value)
        else { return }
        update(party, event)
    }

    private func update(_ party: String, _ event: AgentProgress) {
        lines[party] = event.text
        if json {
            guard lastStep[party] != event.text else { return }
            lastStep[party] = event.text
            write(jsonLine(party: party, text: event.text))
        } else if isTerminal {
            erase()
            draw()
        } else if lastStep[party] != event.milestone {
            lastStep[party] = event.milestone
            write("\(elapsed)  \(party): \(event.text)\n")
        }
    }

    /// Leaves the lines as they are and writes below them from now on.
    func finish() {
        lines = [:]
        drawn = 0
    }

    private var elapsed: String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        return String(format: "%6.1f s", seconds)
    }

    private func erase() {
        guard isTerminal, drawn > 0 else { return }
        write("\u{1B}[\(drawn)A\u{1B}[J")
        drawn = 0
    }

    private func draw() {
        guard isTerminal else { return }
        for party in lines.keys.sorted() {
            write(
                "  \(party.padding(toLength: 16, withPad: " ", startingAt: 0)) \(lines[party] ?? "")\n"
            )
        }
        drawn = lines.count
    }

    private func jsonLine(party: String, text: String) -> String {
        let value = JSONValue.object(["party": .string(party), "text": .string(text)])
        return String(decoding: value.canonicalBytes, as: UTF8.self) + "\n"
    }

    private func write(_ text: String) {
        // Progress that cannot be shown is no reason to end the demo.
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
