import DICOMNetworking
import Foundation
import SiteAgent
import SiteStore
import Synchronization

/// Shows events: JSON lines for programs, a bar on a terminal, plain lines of every tenth part elsewhere.
final class EventPrinter: Sendable {
    private let json: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let lastTenth = Mutex<(String, Int)>(("", -1))

    init(json: Bool) { self.json = json }

    func callAsFunction(_ event: AgentEvent) {
        if json {
            if isWorthALine(event) { try? Terminal.printJSON(event) }
        } else if isWorthALine(event) {
            Terminal.say(Self.text(event))
        }
    }

    private func isWorthALine(_ event: AgentEvent) -> Bool {
        guard let (name, fraction) = Self.step(event) else { return true }
        let tenth = Int(fraction * (isTerminal || json ? 50 : 10))
        return lastTenth.withLock { last in
            guard last != (name, tenth) else { return false }
            last = (name, tenth)
            return true
        }
    }

    private static func step(_ event: AgentEvent) -> (String, Double)? {
        switch event {
        case .intake(let done, let total, _): ("intake", Double(done) / Double(max(total, 1)))
        case .simulating(let done, let total):
            ("simulating", Double(done) / Double(max(total, 1)))
        case .training(let round, let fraction, _): ("training \(round)", fraction)
        case .scoring(let done, let total): ("scoring", Double(done) / Double(max(total, 1)))
        case .waiting(let reason): ("waiting \(reason)", 0)
        case .pulling(let progress, _, _): ("pulling", progress.fraction)
        default: nil
        }
    }

    private static func text(_ event: AgentEvent) -> String {
        switch event {
        case .intake(let done, let total, let quarantined):
            "de-identified \(done) of \(total) files, \(quarantined) quarantined"
        case .simulating(let done, let total): "simulated \(done) of \(total) exams"
        case .waiting(let reason): "waiting: \(reason)"
        case .pulling(let progress, let rate, let left): pulling(progress, rate, left)
        case .receiving(let address, let port): "taking images at \(address):\(port)"
        case .received(let delivery):
            "\(delivery.source): \(delivery.objects) new, \(delivery.known) known,"
                + " \(delivery.refused) refused, \(SiteStatus.bytes(delivery.bytes))"
                + " (\(delivery.outcome))"
        case .senderRefused(let address, let reason): "\(address) was not let in: \(reason)"
        case .objectRefused(let sender, let reason): "an object of \(sender) was refused: \(reason)"
        case .warning(let text): "warning: \(text)"
        case .planAnswered(let sha256, let decision): "plan \(sha256.prefix(12)) \(decision)"
        case .training(let round, let fraction, let loss):
            (round == 0 ? "baseline" : "round \(round)")
                + ": trained \(Int(fraction * 100)) %, loss \(rounded(loss))"
        case .contributed(let round, let bytes, let seconds):
            "round \(round): sent \(bytes) bytes after \(rounded(seconds)) s"
        case .scoring(let done, let total): "scored \(done) of \(total) exams"
        case .runEnded(let run, let outcome): "\(run) \(outcome)"
        }
    }

    private static func pulling(
        _ progress: PullProgress,
        _ bytesPerSecond: Double,
        _ secondsLeft: Double?
    ) -> String {
        let left = secondsLeft.map {
            ", \(Duration.seconds($0).formatted(.time(pattern: .hourMinuteSecond))) left"
        }
        let failed = progress.failures > 0 ? ", \(progress.failures) failed" : ""
        return
            "\(progress.studiesDone) of \(progress.studies) studies, \(progress.fetched) instances"
            + " fetched, \(progress.known) known\(failed), \(SiteStatus.bytes(progress.bytes)),"
            + " \(SiteStatus.bytes(Int(bytesPerSecond)))/s\(left ?? "")"
    }

    private static func rounded(_ value: Double) -> String {
        String(format: "%.3f", value)
    }
}
