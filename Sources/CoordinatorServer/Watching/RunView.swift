package import CoordinatorStore
package import Evaluation
package import Federation
import Foundation

/// A run as an operator looks at it: what each site does now, what each round had, and how long it
/// will take.
package struct RunView: Sendable, Hashable, Codable {
    /// A site of the run.
    package struct Site: Sendable, Hashable, Codable {
        /// Its id.
        package let id: String
        /// `approved`, `declined`, or nil while it has not answered the plan.
        package let answer: String?
        /// What it does: a step of Protocol.md section 5.10, `counted`, `waiting`, `silent`, `out`,
        /// or `unheard`.
        package let doing: String
        /// How far the step is, 0 to 1.
        package let fraction: Double?
        /// Its mean loss so far.
        package let meanLoss: Double?
        /// Seconds since it was heard; nil if it never was.
        package let heardSecondsAgo: Int?
        /// Bytes of its counted updates.
        package let sentBytes: Int
    }

    /// A round that is closed.
    package struct Round: Sendable, Hashable, Codable {
        /// Loss, bytes, seconds and roll-call.
        package let summary: RoundSummary
        /// The site with the most exams, if it is not in the result.
        package let largestMissingSite: String?
        /// The exam AUROC of the model it began with on held-back exams; nil where the plan asks for none.
        package let modelScore: Double?
        /// How many of its updates were begun in an earlier round.
        package let lateCount: Int
    }

    /// The run's id.
    package let id: String
    /// `queued`, `waiting`, `running`, `paused`, `outside-hours`, `completed` or `failed`.
    package let status: String
    /// When the hours of the plan begin, milliseconds since 1970; nil within them.
    package let opensMilliseconds: Int64?
    /// Why it failed.
    package let failure: String?
    /// The plan's name.
    package let plan: String
    /// The plan's digest.
    package let planSHA256: String
    /// The number of rounds of the plan.
    package let roundCount: Int
    /// The rounds that are closed, ascending.
    package let rounds: [Round]
    /// The number of the open round; nil if none is.
    package let openRound: Int?
    /// The sites, ascending.
    package let sites: [Site]
    /// Seconds until the last round will have closed, by the last rounds; nil if unknown.
    package let secondsLeft: Int?
    /// The final model.
    package let model: String?
}

extension RunView {
    /// Silence of a site at work that means death, in seconds.
    private static let silenceLimit = Int64(RoundRules().silenceLimit.components.seconds)

    /// Looks at a run at a moment, milliseconds since 1970.
    package init(
        _ report: RunReport,
        progress: [SiteID: SiteProgress],
        at now: Int64
    ) throws {
        let plan = try Plan.parse(json: report.planDocument)
        let closed = report.rounds.filter { $0.rollCall != nil }
        let open = report.rounds.first { $0.rollCall == nil }
        id = report.id
        let isOver = report.endedMilliseconds != nil
        opensMilliseconds = isOver ? nil : plan.schedule?.nextOpening(after: now)
        status =
            if isOver { report.status } else if report.pausedMilliseconds != nil { "paused" } else {
                opensMilliseconds == nil ? report.status : "outside-hours"
            }
        failure = report.failure
        self.plan = plan.name
        planSHA256 = report.planSHA256
        roundCount = plan.rounds
        rounds = try closed.map { round in
            let rollCall = try round.decodedRollCall()
            return Round(
                summary: try RunComparison.summary(of: round, in: report),
                largestMissingSite: rollCall?.largestMissingSite?.rawValue,
                modelScore: rollCall.flatMap(ModelSelection.score(in:)),
                lateCount: rollCall?.contributions.count { $0.trainedIn != nil } ?? 0
            )
        }
        openRound = open?.number
        model = report.model
        sites = report.sites.map { site in
            let heard = SiteID(rawValue: site.id).flatMap { progress[$0] }
            return Self.site(site.id, report, open, heard, at: now)
        }
        secondsLeft = Self.secondsLeft(report, closed, open, plan, at: now)
    }

    private static func site(
        _ id: String,
        _ report: RunReport,
        _ open: RunReport.Round?,
        _ heard: SiteProgress?,
        at now: Int64
    ) -> Site {
        let isHere = heard?.run?.rawValue == report.id
        let answer = report.answers[id]?.decision
        let silence = heard.map { max(0, now - $0.heardMilliseconds) / 1000 }
        let isCounted = open?.contributions[id] != nil
        let isOver = report.endedMilliseconds != nil
        let doing =
            if isOver { "done" } else if answer == "declined" { "out" } else if heard == nil {
                "unheard"
            } else if isCounted { "counted" } else if let phase = heard?.phase, isHere {
                silence ?? 0 >= silenceLimit ? "silent" : phase
            } else { silence ?? 0 >= 60 ? "silent" : "waiting" }
        let isAtWork = isHere && !isCounted && !isOver
        return Site(
            id: id,
            answer: answer,
            doing: doing,
            fraction: isAtWork ? heard?.fraction : nil,
            meanLoss: isAtWork ? heard?.meanLoss : nil,
            heardSecondsAgo: silence.map(Int.init),
            sentBytes: report.rounds.reduce(0) { $0 + Self.bytes($1.contributions[id]) }
        )
    }

    private static func bytes(_ contribution: String?) -> Int {
        struct Size: Decodable { let bytes: Int }
        return contribution.flatMap { try? JSONDecoder().decode(Size.self, from: Data($0.utf8)) }?
            .bytes ?? 0
    }

    private static func secondsLeft(
        _ report: RunReport,
        _ closed: [RunReport.Round],
        _ open: RunReport.Round?,
        _ plan: Plan,
        at now: Int64
    ) -> Int? {
        let recent = closed.suffix(3).compactMap(\.seconds)
        guard !recent.isEmpty, report.endedMilliseconds == nil else { return nil }
        let mean = recent.reduce(0, +) / Double(recent.count)
        let spent = open.map { Double(max(0, now - $0.openedMilliseconds)) / 1000 } ?? 0
        let left = mean * Double(plan.rounds - closed.count) - min(spent, mean)
        return Int(max(0, left).rounded(.up))
    }
}
