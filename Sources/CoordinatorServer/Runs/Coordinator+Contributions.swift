import CoordinatorStore
import Logging
import CanonicalJSON
import Evaluation
package import Federation
import Foundation
import Tensors
package import WireProtocol

extension Coordinator {
    /// The size of a model that a site may fetch.
    package func blobBytes(_ digest: SHA256Digest, for site: SiteID) throws -> Int {
        let mayFetch = runs.values.contains { run in
            run.asked.contains(site) && run.machine?.model == digest
        }
        guard mayFetch, let bytes = blobs.size(digest) else { throw CoordinatorError(.notFound) }
        return bytes
    }

    /// Begins or resumes an upload.
    package func openUpload(
        _ digest: SHA256Digest,
        bytes: Int,
        by site: SiteID
    ) async throws -> UploadState {
        guard let largest = largestUpdate(from: site), bytes <= largest else {
            throw CoordinatorError(.tooLarge, "\(site) has no round that takes \(bytes) bytes")
        }
        let uploads = uploads
        return try await TransferThreads.run { try uploads.open(digest, bytes: bytes, by: site) }
    }

    /// The most bytes an update of this site may have: the model's size and one in a hundred.
    private func largestUpdate(from site: SiteID) -> Int? {
        runs.values.filter { $0.asked.contains(site) }
            .compactMap { $0.machine.flatMap { blobs.size($0.model) } }
            .max().map { $0 + $0 / 100 + 4096 }
    }

    /// Checks an uploaded delta at the gate and counts it, once.
    package func contribute(
        _ request: ContributionRequest,
        run id: RunID,
        round: RoundNumber,
        from site: SiteID
    ) async throws -> ContributionReceipt {
        guard let run = runs[id], run.asked.contains(site), let machine = run.machine else {
            throw CoordinatorError(.notFound)
        }
        switch machine.standing(of: site, round: round) {
        case .counted(request.deltaSHA256): return ContributionReceipt(status: .accepted)
        case .counted: throw CoordinatorError(.conflict)
        case .roundClosed: return try await storedReceipt(of: request, id, round, site)
        case .wrongRound, .unknownSite: throw CoordinatorError(.notFound)
        case .settled: throw CoordinatorError(.roundClosed)
        case .expected: break
        }
        guard blobs.size(request.deltaSHA256) != nil else { throw CoordinatorError(.notFound) }
        let measure: UpdateMeasure
        do {
            measure = try await check(request, round: round, site: site, run: run, machine: machine)
        } catch let rejection as UpdateRejection {
            try await store.rejectContribution(
                id,
                round,
                site: site,
                request.deltaSHA256,
                reason: rejection.code.rawValue
            )
            try await handle(.updateRejected(round, site, rejection.code), in: id)
            return ContributionReceipt(status: .rejected, reason: rejection.code.rawValue)
        }
        return try await count(request, norm: measure.norm, run: id, round: round, site: site)
    }

    /// The answer a contribution got before its round closed: a lost answer is given again.
    private func storedReceipt(
        of request: ContributionRequest,
        _ run: RunID,
        _ round: RoundNumber,
        _ site: SiteID
    ) async throws -> ContributionReceipt {
        guard let known = try await store.recordedContribution(run, round, site: site) else {
            return ContributionReceipt(status: .late)
        }
        guard known.sha256 == request.deltaSHA256.rawValue else {
            throw CoordinatorError(.conflict)
        }
        return known.reason.map { ContributionReceipt(status: .rejected, reason: $0) }
            ?? ContributionReceipt(status: .accepted)
    }

    private func check(
        _ request: ContributionRequest,
        round: RoundNumber,
        site: SiteID,
        run: ActiveRun,
        machine: RunStateMachine
    ) async throws -> UpdateMeasure {
        let (model, delta) = (blobs.url(machine.model), blobs.url(request.deltaSHA256))
        let limits = run.plan.updateValidation
        let own = PrivateTensors(patterns: run.plan.aggregation.privateTensors ?? [])
        let claim = UpdateClaim(
            site: site,
            round: round,
            sha256: request.deltaSHA256,
            examples: request.examples
        )
        return try await TransferThreads.run {
            try UpdateValidation(
                model: try SafetensorsFile(model).header,
                limits: limits,
                privateTensors: own,
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
        try await store.acceptContribution(
            id,
            round,
            site: site,
            request.deltaSHA256,
            document: String(decoding: summary, as: UTF8.self),
            isLate: round < (runs[id]?.machine?.round ?? round)
        )
        let contribution = Contribution(
            site: site,
            sha256: request.deltaSHA256,
            examples: request.examples,
            norm: norm
        )
        try await handle(.updateAccepted(round, contribution), in: id)
        let standing = runs[id]?.machine?.standing(of: site, round: round)
        switch standing {
        case .expected, .settled, .wrongRound, .unknownSite, .none:
            throw CoordinatorError(.internal, "an accepted update of \(site) was not counted")
        case .counted, .roundClosed: return ContributionReceipt(status: .accepted)
        }
    }

    /// Takes note that a site cannot go on.
    package func fail(
        _ report: FailureReport,
        run id: RunID,
        round: RoundNumber,
        from site: SiteID
    ) async throws {
        guard runs[id]?.asked.contains(site) == true else { throw CoordinatorError(.notFound) }
        let kind = SiteFailure.Kind(rawValue: report.reason) ?? .trainingFailed
        logger.warning(
            "site failed",
            metadata: [
                "site.id": "\(site)", "round.number": "\(round)", "reason": "\(kind.rawValue)",
                "message": "\(report.message)",
            ]
        )
        try await handle(.siteFailed(round, site, kind), in: id)
    }

    /// Keeps a site's metrics of the final model.
    package func report(
        _ report: MetricsReport,
        run id: RunID,
        from site: SiteID
    ) async throws {
        guard let run = runs[id], run.asked.contains(site) else {
            throw CoordinatorError(.notFound)
        }
        guard run.machine?.model == report.modelSHA256 else {
            throw CoordinatorError(.conflict, "\(site) scored another model than the final one")
        }
        let line: SiteComparison
        do {
            line = try CanonicalDecoder().decode(SiteComparison.self, from: report.metrics)
        } catch {
            throw CoordinatorError(.malformed, "report-metrics: \(error)")
        }
        guard line.id == site.rawValue else { throw CoordinatorError(.forbiddenSite) }
        let bytes = report.metrics.canonicalBytes
        try await store.recordMetrics(
            id,
            site: site,
            model: report.modelSHA256,
            document: String(decoding: bytes, as: UTF8.self)
        )
        try await handle(.scoresReceived(site, SHA256Digest(hashing: bytes)), in: id)
    }
}
