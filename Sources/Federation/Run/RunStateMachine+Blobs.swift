extension RunStateMachine {
    /// Whether the run's sites may fetch it: the model they work on, or what goes with it.
    package func isServed(_ blob: SHA256Digest) -> Bool {
        blob == model || blob == control || modelsAtWork.contains(blob)
    }

    /// The models and updates that the run still needs: the newest model, the best one, and every
    /// update that a round counts or will count.
    package var neededBlobs: Set<SHA256Digest> {
        var needed: Set<SHA256Digest> = [model]
        if let control { needed.insert(control) }
        if let best = candidates.best { needed.insert(best.model) }
        needed.formUnion(lateContributions.map(\.sha256))
        needed.formUnion(buffer?.waitingContributions.map(\.sha256) ?? [])
        if !isOver { needed.formUnion(modelsAtWork) }
        switch phase {
        case .round(let round):
            needed.insert(round.model)
            needed.formUnion(round.heldContributions.map(\.sha256))
        case .scoring(let scoring): needed.insert(scoring.model)
        case .completed(let model, _): needed.insert(model)
        case .created, .opening, .failed: break
        }
        return needed
    }
}
