import CanonicalJSON
package import CoordinatorStore
package import Evaluation
import Federation
import Foundation
import WireProtocol

/// Turns the database's record of a run into the comparison that researchers read.
package enum RunComparison {
    /// The comparison of a completed run.
    ///
    /// - Throws: ``CoordinatorError`` if the run has no final model.
    package static func make(from report: RunReport, data: DataKind) throws -> Comparison {
        guard let model = report.model else {
            throw CoordinatorError(
                .notFound,
                "run \(report.id) is \(report.status) and has no final model"
            )
        }
        let plan = try Plan.parse(json: report.planDocument)
        return Comparison(
            name: plan.name,
            data: data,
            model: ModelReference(sha256: model),
            plan: PlanReference(
                sha256: plan.sha256.rawValue,
                name: plan.name,
                threshold: plan.metrics.threshold,
                volumeStrataML: plan.metrics.volumeStrataML
            ),
            seed: Int(clamping: plan.seed),
            rounds: try report.rounds.map { try summary(of: $0, in: report) },
            sites: try report.sites.map { try site($0, in: report) }
        )
    }

    private static func site(_ row: SiteRow, in report: RunReport) throws -> SiteComparison {
        guard let document = report.metrics[row.id] else {
            return SiteComparison(id: row.id, name: row.name)
        }
        var line = try CanonicalDecoder().decode(
            SiteComparison.self,
            from: Array(document.utf8)
        )
        line.name = row.name
        return line
    }

    /// A closed round: example-weighted loss, bytes sent, wall time and roll-call.
    ///
    /// An update that was begun in an earlier round is one of the round that counts it.
    package static func summary(
        of round: RunReport.Round,
        in report: RunReport
    ) throws -> RoundSummary {
        var documents = round.contributions
        if let rollCall = try round.decodedRollCall() {
            documents = [:]
            for contribution in rollCall.contributions {
                let number = contribution.trainedIn?.rawValue ?? round.number
                let trained = report.rounds.first { $0.number == number }
                let site = contribution.site.rawValue
                documents[site] = trained?.contributions[site]
            }
        }
        let contributions = try documents.mapValues { document in
            try WireCodec.decode(ContributionRequest.self, from: Array(document.utf8))
        }
        let ordered = contributions.sorted { $0.key < $1.key }
        let examples = ordered.reduce(0) { $0 + $1.value.examples }
        let lossSum = ordered.reduce(0.0) { $0 + $1.value.meanLoss * Double($1.value.examples) }
        return RoundSummary(
            number: round.number,
            loss: examples > 0 ? lossSum / Double(examples) : nil,
            bytes: ordered.reduce(0) { $0 + $1.value.bytes },
            seconds: round.seconds ?? 0,
            rollCall: try rollCall(round.rollCall),
            sites: ordered.map { site, contribution in
                RoundSummary.SiteLoss(
                    site: site,
                    loss: contribution.meanLoss,
                    bytes: contribution.bytes,
                    seconds: contribution.trainSeconds
                )
            }
        )
    }

    private static func rollCall(_ document: String?) throws -> RoundSummary.RollCall {
        guard let document else { return RoundSummary.RollCall(contributed: []) }
        let call = try JSONDecoder().decode(
            Federation.RollCall.self,
            from: Data(document.utf8)
        )
        func absences(_ group: String) -> [RoundSummary.RollCall.Absence] {
            call.entries.filter { $0.outcome.group == group }.map {
                .init(site: $0.share.site.rawValue, reason: $0.outcome.reason ?? "unknown")
            }
        }
        return RoundSummary.RollCall(
            contributed: call.contributions.map(\.site.rawValue),
            late: absences("late"),
            refused: absences("refused"),
            failed: absences("failed"),
            shareOfExams: call.missingExamShare.map { 1 - $0 },
            shareOfPositives: call.missingPositiveShare.map { 1 - $0 }
        )
    }
}
