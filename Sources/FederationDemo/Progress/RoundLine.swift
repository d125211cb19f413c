import Evaluation
import Federation

/// The line that tells of a closed round.
struct RoundLine {
    private let rounds: [RoundSummary]
    private let plan: Plan
    private let sites: Int

    /// Tells of the last of these rounds.
    init(_ rounds: [RoundSummary], of plan: Plan, sites: Int) {
        self.rounds = rounds
        self.plan = plan
        self.sites = sites
    }

    /// Loss, who took part and who did not, bytes, duration and what is left.
    var text: String {
        guard let last = rounds.last else { return "no round is closed" }
        let call = last.rollCall
        let absent = call.missing.map { "\($0.absence.site): \($0.absence.reason)" }
            .joined(separator: ", ")
        let loss = last.loss.map { FigureText.fixed($0, 4) } ?? "unknown"
        return "round \(last.number) of \(plan.rounds): loss \(loss), "
            + "\(call.contributed.count) of \(sites) sites"
            + (absent.isEmpty ? "" : " (without \(absent))")
            + ", \(FigureText.bytes(last.bytes)), \(FigureText.fixed(last.seconds, 1)) s, "
            + "about \(Self.duration(secondsLeft)) left"
    }

    /// The rounds to come as long as the last three, then the local-only baseline as long as training was.
    private var secondsLeft: Double {
        let recent = rounds.suffix(3)
        let mean = recent.reduce(0) { $0 + $1.seconds } / Double(max(recent.count, 1))
        let training = recent.compactMap { $0.sites.map(\.seconds).max() }.max() ?? 0
        let baseline = plan.baseline.localOnly ? training * Double(plan.rounds) : 0
        return mean * Double(plan.rounds - rounds.count) + baseline
    }

    private static func duration(_ seconds: Double) -> String {
        switch seconds {
        case ..<120: "\(FigureText.fixed(seconds.rounded(.up), 0)) s"
        case ..<7200: "\(FigureText.fixed(seconds / 60, 0)) min"
        default: "\(FigureText.fixed(seconds / 3600, 1)) h"
        }
    }

    /// The line between the rounds and the comparison.
    static func scoring(_ plan: Plan) -> String {
        plan.baseline.localOnly
            ? "sites train their local-only baseline and score both models"
            : "sites score the final model"
    }
}
