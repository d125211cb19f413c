import Foundation
import SiteAgent
import Synchronization

/// The progress of a run: a bar on a terminal, a line for every tenth elsewhere; on stderr.
final class DeidentifyProgress: Sendable {
    private let start = ContinuousClock.now
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lastStep = Mutex(-1)

    /// Shows how far the run is.
    func show(_ progress: RunProgress) {
        // Looking at a file and releasing it are half of the work each.
        let part =
            Double(progress.done + progress.examined) / Double(max(1, 2 * progress.total))
        let step = Int(part * (isTerminal ? 200 : 10))
        let isNew = lastStep.withLock { last in
            guard step > last else { return false }
            last = step
            return true
        }
        guard isNew else { return }
        let line = text(progress, part: part)
        if isTerminal {
            let end = progress.done == progress.total ? "\n" : ""
            try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(line)\(end)".utf8))
        } else {
            Terminal.say(line)
        }
    }

    private func text(_ progress: RunProgress, part: Double) -> String {
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let before = progress.done - progress.fresh
        let halves = Double(progress.fresh + progress.examined - before)
        let rate = seconds > 0 ? halves / 2 / seconds : 0
        let rest = Double(progress.total - before) - halves / 2
        let left = rate > 0 ? Int((rest / rate).rounded(.up)) : 0
        let width = 24
        let full = Int(part * Double(width))
        let bar =
            String(repeating: "#", count: full) + String(repeating: ".", count: width - full)
        return "[\(bar)] \(progress.done)/\(progress.total) files, \(Int(rate)) files/s, "
            + "\(left / 60):\(left % 60 < 10 ? "0" : "")\(left % 60) left, "
            + "\(progress.quarantined) held back"
    }
}
