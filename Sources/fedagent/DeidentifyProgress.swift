import Foundation

/// The progress of a run: a bar on a terminal, a line for every tenth elsewhere; on stderr.
struct DeidentifyProgress {
    private let total: Int
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private var lastStep = -1

    init(total: Int) { self.total = total }

    /// Shows how far the run is; `fresh` files were worked on now, the others before.
    mutating func show(done: Int, fresh: Int, quarantined: Int) {
        let part = Double(done) / Double(max(1, total))
        let step = Int(part * (isTerminal ? 200 : 10))
        guard step != lastStep else { return }
        lastStep = step
        let line = text(done: done, fresh: fresh, quarantined: quarantined, part: part)
        if isTerminal {
            let end = done == total ? "\n" : ""
            try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(line)\(end)".utf8))
        } else {
            Terminal.say(line)
        }
    }

    private func text(done: Int, fresh: Int, quarantined: Int, part: Double) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let rate = seconds > 0 ? Double(fresh) / seconds : 0
        let left = rate > 0 ? Int((Double(total - done) / rate).rounded(.up)) : 0
        let width = 24
        let full = Int(part * Double(width))
        let bar =
            String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
        return "[\(bar)] \(done)/\(total) files, \(Int(rate)) files/s, "
            + "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left, \(quarantined) held back"
    }
}
