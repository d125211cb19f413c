import CanonicalJSON
import CoordinatorStore
import Durability
import Evaluation
package import Federation
import Foundation
import Logging
import ProcessResources
import Tensors
package import WireProtocol

extension Coordinator {
    /// The size of a model that a site may fetch.
    package func blobBytes(_ digest: SHA256Digest, for site: SiteID) throws -> Int {
        let mayFetch = runs.values.contains { run in
            run.asked.contains(site) && run.machine?.isServed(digest) ?? false
        }
        guard mayFetch, let bytes = blobs.size(digest) else { throw CoordinatorError(.notFound) }
        return bytes
    }

    /// Checks an uploaded delta at the gate and counts it, once.
    ///
    /// Returns after the verdict is on the disk; the same request again gets the same answer.
    package func contribute(
        _ request: ContributionRequest,
        run id: RunID,
        round: RoundNumber,
        from site: SiteID
    ) async throws -> ContributionReceipt {
        if let score = request.score, !(0...1).contains(score) {
            throw CoordinatorError(.malformed, "contribute: the score is not between 0 and 1")
        }
        if let known = try await store.verdict(on: site, id, round) {
            guard known.sha256 == request.deltaSHA256 else { throw CoordinatorError(.conflict) }
            return Self.receipt(for: known)
        }
        guard let run = runs[id], run.asked.contains(site) else {
            guard try await store.isAsked(site, in: id) else { throw CoordinatorError(.notFound) }
            return ContributionReceipt(status: .late)
        }
        guard let machine = run.machine else { throw CoordinatorError(.notFound) }
        switch machine.standing(of: site, round: round) {
        case .counted(request.deltaSHA256): return ContributionReceipt(status: .accepted)
        case .counted: throw CoordinatorError(.conflict)
        case .roundClosed: return ContributionReceipt(status: .late)
        case .wrongRound, .unknownSite: throw CoordinatorError(.notFound)
        case .settled: throw CoordinatorError(.roundClosed)
        case .expected: break
        }
        await announce(request.deltaSHA256, by: site)
        defer { announced.remove(request.deltaSHA256, by: site) }
        guard blobs.size(request.deltaSHA256) != nil else { throw CoordinatorError(.notFound) }
        do {
            let measure = try await check(
                request,
                round: round,
                site: site,
                run: run,
                machine: machine
            )
            CrashPoint.updateChecked.pass()
            return try await count(request, norm: measure.norm, run: id, round: round, site: site)
        } catch let rejection as UpdateRejection {
            return try await reject(request, rejection, run: id, round: round, site: site)
        }
    }

    private static func receipt(for verdict: CoordinatorStore.Verdict) -> ContributionReceipt {
        verdict.rejection.map { ContributionReceipt(status: .rejected, reason: $0) }
            ?? ContributionReceipt(status: .accepted)
    }

    private func reject(
        _ request: ContributionRequest,
        _ rejection: UpdateRejection,
        run: RunID,
        round: RoundNumber,
        site: SiteID
    ) async throws -> ContributionReceipt {
        let reason = rejection.code.rawValue
        try await give(
            .event(
                .updateRejected(round, site, rejection.code),
                record: .rejected(round, site, request.deltaSHA256, reason: reason)
            ),
            to: run
        )
        await quarantine(request.deltaSHA256, as: "\(run)-\(round)-\(site)-\(reason)")
        return ContributionReceipt(status: .rejected, reason: reason)
    }

    /// Keeps a rejected update for a person to look at; that it was rejected is recorded already.
    private func quarantine(_ digest: SHA256Digest, as name: String) async {
        let isNeeded = neededBlobs.contains(digest)
        do {
            try await BlockingThreads.run { [blobs] in
                try blobs.setAside(digest, as: name, isNeeded: isNeeded)
            }
            logger.warning("update rejected", metadata: ["quarantine": "\(name)"])
        } catch {
            logger.error(
                "a rejected update was not kept",
                metadata: ["quarantine": "\(name)", "error": "\(error)"]
            )
        }
    }

    private func check(
        _ request: ContributionRequest,
        round: RoundNumber,
        site: SiteID,
        run: ActiveRun,
        machine: RunStateMachine
    ) async throws -> UpdateMeasure {
        let (model, delta) = (blobs.url(machine.model), blobs.url(request.deltaSHA256))
        let (limits, compression) = (run.plan.updateValidation, run.plan.updateCompression)
        let own = run.plan.privateTensors
        let claim = UpdateClaim(
            site: site,
            round: round,
            sha256: request.deltaSHA256,
            examples: request.examples
        )
        return try await BlockingThreads.run {
            try UpdateValidation(
                model: try SafetensorsFile(model).header,
                limits: limits,
                privateTensors: own,
                compression: compression,
                norms: machine.norms
            )
            .check(
                delta,
                claim: claim,
                standing: .expected,
                examplesMax: Self.examplesMax,
                observed: claim.sha256
            )
        }
    }

    /// More training slices than any hospital has; a weight above it is a mistake.
    private static let examplesMax = 100_000_000

    private func count(
        _ request: ContributionRequest,
        norm: Double,
        run id: RunID,
        round: RoundNumber,
        site: SiteID
    ) async throws -> ContributionReceipt {
        let summary = try WireCodec.encode(request)
        let contribution = Contribution(
            site: site,
            sha256: request.deltaSHA256,
            examples: request.examples,
            score: request.score,
            norm: norm
        )
        let verdict = try await give(
            .event(
                .updateAccepted(round, contribution),
                record: .accepted(
                    round,
                    site,
                    request.deltaSHA256,
                    bytes: blobs.size(request.deltaSHA256),
                    document: String(decoding: summary, as: UTF8.self),
                    isLate: false
                )
            ),
            to: id
        )
        CrashPoint.updateCounted.pass()
        switch verdict {
        case .counted: return ContributionReceipt(status: .accepted)
        case .turnedAway(.counted): throw CoordinatorError(.conflict)
        case .turnedAway, nil: return ContributionReceipt(status: .late)
        }
    }

    /// Takes note that a site cannot go on.
    package func fail(
        _ report: FailureReport,
        run id: RunID,
        round: RoundNumber,
        from site: SiteID
    ) async throws {
        guard try await isTakingPart(site, in: id) else { return }
        let refusal = RefusalReason(rawValue: report.reason).flatMap { $0.isOfSites ? $0 : nil }
        let kind = SiteFailure.Kind(rawValue: report.reason) ?? .trainingFailed
        logger.warning(
            refusal == nil ? "site failed" : "site takes no part",
            metadata: [
                "site.id": "\(site)", "round.number": "\(round)",
                "reason": "\(refusal?.rawValue ?? kind.rawValue)", "message": "\(report.message)",
            ]
        )
        guard let refusal else {
            try await give(.event(.siteFailed(round, site, kind)), to: id)
            return
        }
        // A message of a round before, repeated late, says nothing about this one.
        guard refusal.endsParticipation || runs[id]?.machine?.round == round else {
            return
        }
        try await give(.event(.siteRefused(site, refusal)), to: id)
    }

    /// Keeps a site's metrics of the final model.
    package func report(
        _ report: MetricsReport,
        run id: RunID,
        from site: SiteID
    ) async throws {
        let bytes = report.metrics.canonicalBytes
        let digest = SHA256Digest(hashing: bytes)
        let model = report.modelSHA256
        if let known = try await store.metricsDigest(of: site, id, model: model) {
            guard known == digest else { throw CoordinatorError(.conflict) }
            return
        }
        guard try await isTakingPart(site, in: id) else { return }
        guard runs[id]?.machine?.model == model else {
            throw CoordinatorError(.conflict, "\(site) scored another model than the final one")
        }
        let line = try comparison(in: report, from: site)
        if let score = line.federated.value?.selectionScore {
            try await give(.event(.scoreReported(site, score)), to: id)
        }
        try await give(
            .event(
                .scoresReceived(site, digest),
                record: .metrics(
                    site,
                    model: model,
                    document: String(decoding: bytes, as: UTF8.self)
                )
            ),
            to: id
        )
        CrashPoint.metricsKept.pass()
    }

    private func comparison(
        in report: MetricsReport,
        from site: SiteID
    ) throws -> SiteComparison {
        let line: SiteComparison
        do {
            line = try CanonicalDecoder().decode(SiteComparison.self, from: report.metrics)
        } catch {
            throw CoordinatorError(.malformed, "report-metrics: \(error)")
        }
        guard line.id == site.rawValue else { throw CoordinatorError(.forbiddenSite) }
        return line
    }

    /// Whether a run goes on in which the site takes part; false of one that is over.
    ///
    /// - Throws: ``CoordinatorError`` `not-found` if the site never took part.
    private func isTakingPart(_ site: SiteID, in run: RunID) async throws -> Bool {
        if runs[run]?.asked.contains(site) == true { return true }
        guard try await store.isAsked(site, in: run) else { throw CoordinatorError(.notFound) }
        return false
    }
}
