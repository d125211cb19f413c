import CoordinatorStore
import Durability
import Federation
import Logging
import ProcessResources

extension Coordinator {
    /// Deletes the models and updates that no run, round or rule needs: what stays of a run is where
    /// it started, where it ended, the best, and what the open round is made of.
    ///
    /// Not while a round is combined: its model may have the bits of one that is to be deleted.
    func retire() async {
        guard !isRetiring, aggregations == 0 else {
            owesRetirement = true
            return
        }
        isRetiring = true
        owesRetirement = false
        await deleteUnneeded()
        isRetiring = false
        await changed()
    }

    /// Combines updates while nothing is deleted.
    func withoutDeletions(_ body: () async -> Void) async {
        while isRetiring { await waitForChange(atMost: .milliseconds(50)) }
        aggregations += 1
        await body()
        aggregations -= 1
        if owesRetirement { jobs.add(.retire) }
    }

    /// Keeps an update until it is answered; it may be there already, and about to be deleted.
    func announce(_ digest: SHA256Digest, by site: SiteID) async {
        announced.add(digest, by: site)
        while isRetiring { await waitForChange(atMost: .milliseconds(50)) }
    }

    private func deleteUnneeded() async {
        do {
            let retired = try await unneededBlobs()
            try await store.recordDeletion(retired)
            let (blobs, rounds) = (blobs, stateRounds)
            let isIdle = runs.isEmpty
            try await BlockingThreads.run {
                for digest in retired {
                    blobs.retire(digest)
                    CrashPoint.blobRetired.pass()
                }
                blobs.removeStates { run, round in rounds[run].map { round < $0 } ?? true }
                if isIdle { blobs.removeSpares() }
            }
        } catch {
            if isFatal(error) { return stop(after: error) }
            logger.error("blobs were not deleted", metadata: ["error": "\(error)"])
        }
    }

    private func unneededBlobs() async throws -> [SHA256Digest] {
        while true {
            let before = endings
            let known = try await store.blobs()
            let lasting = try await store.lastingModels()
            // A run that ended in between left its model to neither side.
            guard before == endings else { continue }
            let needed = lasting.union(neededBlobs).union(announced.digests)
            return known.filter { !$0.isDeleted && !needed.contains($0.sha256) }.map(\.sha256)
        }
    }

    /// What the runs that go on need.
    var neededBlobs: Set<SHA256Digest> {
        runs.values.reduce(into: []) { $0.formUnion($1.neededBlobs) }
    }

    /// The first round whose strategy state each run still needs: that before the round under way.
    private var stateRounds: [RunID: Int] {
        runs.compactMapValues { $0.machine.map { $0.round.rawValue - 1 } }
    }
}
