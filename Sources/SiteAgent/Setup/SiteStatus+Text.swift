package import Foundation

extension SiteStatus {
    /// The page, as of `now`.
    package func text(now: Date) -> String {
        let clock = clocks.map { [("clock", $0.text)] } ?? []
        let lines: [(String, String)] =
            [
                ("site", "\(site) (\(name))"), ("federation", federationText),
                ("certificate", certificateText(now)),
            ] + clock
            + [
                ("agent", isWorking ? "working" : "not running: `fedagent serve` starts it")
            ]
            + block(
                "waits",
                waits.map { "\($0.what) until \(Self.time($0.untilMilliseconds))" }
                    .joined(separator: "\n")
            )
            + [("images", images.summary { Self.time($0) })]
            + block("cohort", cohort.text) + plansText + roundsText
            + [
                (
                    "sent",
                    messagesSent == 0
                        ? "nothing has left this site"
                        : "\(messagesSent) messages, \(Self.bytes(bytesSent)):"
                            + " `fedagent egress list`"
                ),
                ("audit", auditText),
            ]
        return lines.map { label, text in
            label.isEmpty
                ? "             \(text)"
                : label + String(repeating: " ", count: 13 - label.count) + text
        }.joined(separator: "\n")
    }

    private var federationText: String {
        guard let federation, let coordinator else {
            if let applicationWords {
                return "applied; waits for the operator, who must read: \(applicationWords)"
            }
            return "not enrolled: ask the operator for an invite, then `fedagent enroll <invite>`"
        }
        return "\(federation), coordinator \(coordinator)"
    }

    private var auditText: String {
        if let auditAlarm {
            return
                "ALARM \(auditAlarm): the coordinator's history is not the one this site has seen;"
                + " `fedagent audit witnesses`"
        }
        let cosigned = auditCosigned.map { ", the coordinator cosigned \($0)" } ?? ""
        return "\(auditRecords) records\(cosigned): `fedagent audit verify`"
    }

    /// Warns from 14 days on, in words that get firmer at 7 and 3.
    private func certificateText(_ now: Date) -> String {
        guard let end = certificateEndsMilliseconds else { return "none yet" }
        let seconds = Double(end) / 1000 - now.timeIntervalSince1970
        let days = Int((seconds / 86400).rounded(.down))
        let until = Date(timeIntervalSince1970: Double(end) / 1000).formatted(.iso8601)
        if seconds <= 0 { return "EXPIRED on \(until): `fedagent enroll` asks for a new one" }
        switch days {
        case ..<3: return "until \(until): \(days) DAYS LEFT and not renewed: `fedagent doctor`"
        case ..<7:
            return
                "until \(until): only \(days) days left, and not renewed: does `fedagent serve` run?"
        case ..<14: return "until \(until): \(days) days left, renewal is overdue"
        default: return "until \(until), \(days) days"
        }
    }

    private var plansText: [(String, String)] {
        guard !plans.isEmpty else { return [("plans", "none received yet")] }
        let lines = plans.map { plan in
            let short = plan.sha256.prefix(12)
            return "\(short) \(plan.name): "
                + (plan.decision ?? "WAITS FOR YOU: `fedagent plan show \(short)`")
        }
        return block("plans", lines.joined(separator: "\n"))
    }

    /// The last few rounds.
    private var roundsText: [(String, String)] {
        guard !rounds.isEmpty else { return [("rounds", "none yet")] }
        let shown = 8
        let lines = rounds.suffix(shown).map { round in
            let loss = round.meanLoss.map { ", loss " + String(format: "%.3f", $0) } ?? ""
            let outcome = round.outcome.map { $0 + (round.reason.map { " (\($0))" } ?? "") }
            let state = outcome ?? (round.meanLoss == nil ? "training" : "not delivered yet")
            return "\(round.run) round \(round.number): \(state)\(loss)"
        }
        let rest = rounds.count > shown ? "\n\(rounds.count - shown) earlier ones" : ""
        return block("rounds", lines.joined(separator: "\n") + rest)
    }

    private func block(_ label: String, _ text: String) -> [(String, String)] {
        text.split(separator: "\n").enumerated().map { index, line in
            (index == 0 ? label : "", String(line))
        }
    }

    private static func time(_ milliseconds: Int64) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).formatted(.iso8601)
    }

    /// A size such as `1.2 MB`.
    package static func bytes(_ count: Int) -> String {
        var value = Double(count)
        for unit in ["B", "kB", "MB", "GB"] {
            if value < 1000 {
                return unit == "B" ? "\(count) B" : String(format: "%.1f \(unit)", value)
            }
            value /= 1000
        }
        return String(format: "%.1f TB", value)
    }
}
