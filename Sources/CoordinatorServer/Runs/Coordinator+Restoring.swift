import CoordinatorStore
import Federation
import Foundation
import Logging
import ProcessResources
import WireProtocol

extension Coordinator {
    /// Goes on from what is on the disk: every run as it was, with what was left of its deadlines.
    ///
    /// Called once, before the first request.
    ///
    /// - Throws: ``CoordinatorError`` naming a model or update that the database names and the disk
    ///   has lost; ``CoordinatorStoreError`` `damaged` of a state that cannot be read.
    package func restore() async throws {
        let taken = try await store.openRuns().filter(\.isTakenUp)
        for queued in taken { try await restore(queued) }
        // Those that wait are submitted again, in their order, at the first look.
        queue = RunQueue(
            activeMax: Self.activeRunsMax,
            entries: taken.map { .init(run: $0.id, sites: $0.sites, isActive: true) }
        )
        for ended in try await store.runsToTell() {
            toTell[ended.id] = EndedRun(outcome: ended.status, sites: ended.sites)
        }
        try await checkBlobs()
        jobs.add(.retire)
    }

    private func restore(_ queued: QueuedRun) async throws {
        let plan = try Plan.parse(json: queued.planDocument)
        guard let snapshot = try await store.state(of: queued.id) else {
            throw CoordinatorStoreError(.damaged, "\(queued.id) was taken up but has no state")
        }
        let moment = now
        let (stage, effects) = snapshot.restored(at: moment)
        runs[queued.id] = ActiveRun(queued, plan: plan, stage: stage, savedAt: moment)
        logger.notice(
            "run goes on",
            metadata: [
                "run.id": "\(queued.id)", "round.number": "\(stage.machine?.round.rawValue ?? 0)",
            ]
        )
        for effect in effects { perform(effect, of: queued.id) }
    }

    /// What the runs need must be there, whole; what nobody names is swept.
    private func checkBlobs() async throws {
        let known = try await store.blobs()
        let needed = neededBlobs.union(try await store.lastingModels())
        let hasRuns = !runs.isEmpty
        let (blobs, uploads) = (blobs, uploads)
        try await BlockingThreads.run {
            for blob in known where needed.contains(blob.sha256) && !blob.isDeleted {
                guard let size = blobs.size(blob.sha256), blob.bytes ?? size == size else {
                    throw CoordinatorError(
                        .internal,
                        "\(blobs.url(blob.sha256).path) is missing or cut, but a run needs it; "
                            + "restore the folder from a backup"
                    )
                }
            }
            let here = Set(known.filter { !$0.isDeleted }.map(\.sha256))
            let gone = Set(known.filter(\.isDeleted).map(\.sha256))
            // A whole update that the database does not name waits for its contribution.
            try blobs.sweep { here.contains($0) || hasRuns && !gone.contains($0) }
            if !hasRuns { uploads.sweep() }
        }
    }
}
