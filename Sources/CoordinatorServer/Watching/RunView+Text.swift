import Evaluation
import Federation
import Foundation

extension RunView {
    /// The run in a few lines: head, a line a site, the newest round.
    package var lines: [String] {
        [head] + sites.map(line) + (rounds.last.map(Self.rollCall) ?? [])
    }

    /// The run, its sites and the roll-call of every round.
    package var page: String {
        let calls = rounds.flatMap(Self.rollCall)
        return ([head, "plan    \(plan) \(planSHA256)"] + sites.map(line) + calls)
            .joined(separator: "\n")
    }

    /// One line of the whole.
    package var head: String {
        var text = "\(id)  \(status)"
        if let openRound {
            text += ", round \(openRound) of \(roundCount)"
        } else {
            text += ", \(rounds.count) of \(roundCount) rounds"
        }
        if let opensMilliseconds {
            let date = Date(timeIntervalSince1970: Double(opensMilliseconds) / 1000)
            text += ", goes on at \(date.formatted(.iso8601))"
        }
        if let secondsLeft, status == "running" {
            text += ", about \(Self.duration(secondsLeft)) of rounds left"
        }
        if let model { text += ", model \(model)" }
        return text + (failure.map { ": \($0)" } ?? "")
    }

    private var isGoingOn: Bool { status != "completed" && status != "failed" }

    private func line(_ site: Site) -> String {
        let width = sites.map(\.id.count).max() ?? 0
        var text = "  " + site.id.padding(to: width) + "  " + site.doing.padding(to: 9)
        if let fraction = site.fraction, site.doing != "silent" {
            text += " \(Self.bar(fraction)) \(Int(fraction * 100)) %"
        }
        if let loss = site.meanLoss { text += "  loss \(FigureText.fixed(loss, 4))" }
        if site.sentBytes > 0 { text += "  sent \(FigureText.bytes(site.sentBytes))" }
        switch site.heardSecondsAgo {
        case let seconds? where seconds >= (site.fraction == nil ? 30 : 5) && isGoingOn:
            text += "  heard \(Self.duration(seconds)) ago"
        case nil: text += "  never heard"
        default: break
        }
        return text
    }

    /// The roll-call of a round: who is in it, who is not and why, and what share that leaves out.
    package static func rollCall(_ round: Round) -> [String] {
        let call = round.summary.rollCall
        let absent = call.missing.map { "\($0.absence.site) \($0.group) (\($0.absence.reason))" }
        let later = call.stillTraining
        var text = "round \(round.summary.number): \(call.contributed.count) contributed"
        if round.lateCount > 0 { text += " (\(round.lateCount) begun in an earlier round)" }
        if let loss = round.summary.loss { text += ", loss \(FigureText.fixed(loss, 4))" }
        text += ", \(FigureText.bytes(round.summary.bytes))"
        text += ", \(FigureText.fixed(round.summary.seconds, 1)) s"
        if let score = round.modelScore {
            text += ", began with AUROC \(FigureText.fixed(score, 3))"
        }
        if !later.isEmpty { text += "; still training: " + later.joined(separator: ", ") }
        if !absent.isEmpty { text += "; without " + absent.joined(separator: ", ") }
        if let share = call.shareOfExams, share < 1 {
            text += "; \(percent(1 - share)) of the exams missing"
        }
        if let share = call.shareOfPositives, share < 1 {
            text += ", \(percent(1 - share)) of the positives"
        }
        let alarm = round.largestMissingSite.map {
            "  ALARM: \($0), the largest site, is not in round \(round.summary.number)"
        }
        return [text] + (alarm.map { [$0] } ?? [])
    }

    private static func percent(_ share: Double) -> String {
        "\(FigureText.fixed(share * 100, 1)) %"
    }

    private static func bar(_ fraction: Double) -> String {
        let filled = Int((min(max(fraction, 0), 1) * 12).rounded())
        return String(repeating: "█", count: filled) + String(repeating: "░", count: 12 - filled)
    }

    private static func duration(_ seconds: Int) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7200: "\(seconds / 60) min"
        default: "\(seconds / 3600) h"
        }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
