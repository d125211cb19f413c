package import Foundation
package import Tensors

/// The gate that every update passes before any arithmetic is done with it.
///
/// The order is part of the design: layout and types as the global model, digest, standing of the
/// site, the form's own bytes, finite numbers, weight, norm, largest value. The first reason found is the answer. The
/// file is read in blocks; the length of the message was bounded before it was stored.
package struct UpdateValidation: Sendable {
    private let layout: [SafetensorsHeader.Entry]
    private let limits: UpdateLimits
    private let normCap: Double?
    private let compression: CompressionRules?

    /// A gate for updates to this global model under the limits of the plan.
    ///
    /// An update that holds a private tensor does not pass.
    ///
    /// - Parameters:
    ///   - model: the header of the model's file.
    ///   - limits: the plan's limits.
    ///   - privateTensors: what never leaves a site.
    ///   - compression: how the plan has updates written.
    ///   - norms: the norms of the updates that the round before counted.
    package init(
        model: SafetensorsHeader,
        limits: UpdateLimits,
        privateTensors: PrivateTensors = .none,
        compression: CompressionRules? = nil,
        norms: [Double] = []
    ) {
        normCap = limits.normCap(after: norms)
        layout = privateTensors.sharedEntries(of: model)
        self.limits = limits
        self.compression = compression
    }

    /// Checks a stored update.
    ///
    /// - Parameters:
    ///   - file: the safetensors file of deltas.
    ///   - claim: what the site says about it.
    ///   - standing: whether an update of this site is wanted, as the run says.
    ///   - examplesMax: the most examples the site can have trained on in a round, from its
    ///     enrolled cohort and the plan: the ceiling of its weight.
    ///   - observed: the digest of the file if it was computed while it arrived.
    /// - Returns: the figures of the update.
    /// - Throws: the first reason found, as an `UpdateRejection`.
    package func check(
        _ file: URL,
        claim: UpdateClaim,
        standing: UpdateStanding,
        examplesMax: Int,
        observed: SHA256Digest? = nil
    ) throws(UpdateRejection) -> UpdateMeasure {
        let update = try UpdateFile(file, rules: compression, layout: layout)
        try checkDigest(of: file, claim: claim, observed: observed)
        try checkStanding(standing, claim: claim)
        try update.checkEncoding()
        let measure = try measure(update)
        try checkWeight(claim, examplesMax: examplesMax)
        try checkLimits(measure)
        return measure
    }

    private func checkDigest(
        of file: URL,
        claim: UpdateClaim,
        observed: SHA256Digest?
    ) throws(UpdateRejection) {
        let digest: SHA256Digest
        do throws(FederationError) {
            digest = if let observed { observed } else { try SHA256Digest(ofFile: file) }
        } catch {
            throw UpdateRejection(.unreadable, error.message)
        }
        guard digest == claim.sha256 else {
            throw UpdateRejection(.digestMismatch, "the file has another SHA-256 than claimed")
        }
    }

    private func checkStanding(
        _ standing: UpdateStanding,
        claim: UpdateClaim
    ) throws(UpdateRejection) {
        switch standing {
        case .expected, .counted(claim.sha256): return
        case .counted, .settled:
            throw UpdateRejection(
                .alreadyCounted,
                "the part of \(claim.site) in round \(claim.round) has ended"
            )
        case .roundClosed:
            throw UpdateRejection(.roundClosed, "round \(claim.round) is closed")
        case .wrongRound:
            throw UpdateRejection(.wrongRound, "the run is not at round \(claim.round)")
        case .unknownSite:
            throw UpdateRejection(.unknownSite, "\(claim.site) is not in this run")
        }
    }

    private func measure(_ update: UpdateFile) throws(UpdateRejection) -> UpdateMeasure {
        var measure = BlockMeasure()
        var block = [Float](repeating: 0, count: FedAvg.blockElements)
        for (position, entry) in layout.enumerated() {
            for start in stride(from: 0, to: entry.elementCount, by: block.count) {
                let end = min(start + block.count, entry.elementCount)
                do throws(TensorError) {
                    try update.read(position, elements: start..<end, into: &block)
                } catch {
                    throw UpdateRejection(.unreadable, error.message)
                }
                measure.add(block, count: end - start)
                guard measure.isFinite else {
                    throw UpdateRejection(
                        .nonFinite,
                        "tensor '\(entry.name)' holds a value that is not finite"
                    )
                }
            }
        }
        return UpdateMeasure(
            norm: measure.squares.squareRoot(),
            maximumAbs: Double(measure.largest)
        )
    }

    private func checkWeight(_ claim: UpdateClaim, examplesMax: Int) throws(UpdateRejection) {
        guard claim.examples >= 1, claim.examples <= examplesMax else {
            throw UpdateRejection(
                .weightOutOfRange,
                "\(claim.examples) examples claimed, allowed are 1 to \(examplesMax)"
            )
        }
    }

    private func checkLimits(_ measure: UpdateMeasure) throws(UpdateRejection) {
        if let limit = normCap, measure.norm > limit {
            throw UpdateRejection(
                .normAboveLimit,
                "the update's norm is \(measure.norm), the limit is \(limit)"
            )
        }
        if let limit = limits.maximumAbs, measure.maximumAbs > limit {
            throw UpdateRejection(
                .valueAboveLimit,
                "the update's largest value is \(measure.maximumAbs), the limit is \(limit)"
            )
        }
    }
}
