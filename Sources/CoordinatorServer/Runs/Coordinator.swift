package import CoordinatorStore
package import Federation
package import Foundation
package import Identity
package import Logging
package import WireProtocol

/// Owns the state machines of all runs, performs their effects, and answers the sites.
///
/// Nothing is answered or done before the database has it: an input is taken by a pure copy of the
/// run, recorded together with the run's new state, and only then becomes the run.
package actor Coordinator {
    /// The most runs that go on at once; a site works for one at a time.
    static let activeRunsMax = 16

    let store: CoordinatorStore
    let blobs: BlobDirectory
    let uploads: UploadDirectory
    let federation: String
    let softwareVersion: String
    let logger: Logger
    /// What the driver has to do.
    nonisolated let jobs = JobQueue<Job>()
    private let clock = ContinuousClock()
    private let epoch: ContinuousClock.Instant
    private let signal = ChangeSignal()

    /// The runs that go on.
    var runs: [RunID: ActiveRun] = [:]
    /// What waits to be given to them.
    var lanes: [RunID: RunLane] = [:]
    /// What could not be recorded and is given to them again.
    var deferred: [RunID: [RunInput]] = [:]
    /// Which runs go on and which wait.
    var queue = RunQueue(activeMax: Coordinator.activeRunsMax)
    /// The runs that wait.
    var waitingRuns: [RunID: QueuedRun] = [:]
    /// The runs that are over and of which a site does not know.
    var toTell: [RunID: EndedRun] = [:]
    /// What sites are doing.
    var sites: [SiteID: SiteProgress] = [:]
    /// The sites of which the database does not know the newest.
    var unkeptSites: Set<SiteID> = []
    /// Whether nothing more is taken.
    var isStopping = false
    /// Updates that were announced and not answered.
    var announced = AnnouncedBlobs()
    /// How many runs have ended, rounds are being combined, and whether blobs are being deleted.
    var endings = 0
    var aggregations = 0
    var isRetiring = false
    var owesRetirement = false
    /// Whether sites were last told that there is no room.
    var isReadOnly = false

    /// Coordinates the federation of a store.
    package init(
        store: CoordinatorStore,
        blobs: BlobDirectory,
        uploads: UploadDirectory,
        federation: String,
        softwareVersion: String,
        logger: Logger
    ) {
        self.store = store
        self.blobs = blobs
        self.uploads = uploads
        self.federation = federation
        self.softwareVersion = softwareVersion
        self.logger = logger
        epoch = clock.now
    }

    /// Monotonic time since this process began.
    var now: Duration { clock.now - epoch }

    /// The wall clock, milliseconds since 1970; nothing but schedules and what people read depends on it.
    var milliseconds: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded()) }

    /// Who the coordinator is, to a site or a person.
    package func hello(_ id: String, boot: BootID, at time: Date) -> Hello {
        Hello(
            federation: federation,
            siteID: id,
            softwareVersion: softwareVersion,
            timeMilliseconds: Int64((time.timeIntervalSince1970 * 1000).rounded()),
            clockIsSynchronized: ClockDiscipline.isSynchronized,
            bootID: boot.description
        )
    }

    /// Keeps what a site says about itself.
    package func describe(_ site: SiteID, as description: SiteDescription) async throws {
        try await store.describe(
            site,
            metadata: String(decoding: try WireCodec.encode(description), as: UTF8.self)
        )
    }

    /// What a site is to do, waiting for it at most `wait`; nil if there is nothing.
    package func nextWork(for site: SiteID, waiting wait: Duration) async throws -> Work? {
        let end = now + wait
        while true {
            if let work = try await work(for: site) { return work }
            noteWaiting(site)
            let left = end - now
            guard left > .zero, !Task.isCancelled else { return nil }
            await signal.wait(atMost: left)
        }
    }

    private func work(for site: SiteID) async throws -> Work? {
        for id in runs.keys.sorted() {
            guard let run = runs[id],
                let work = run.work(for: site, at: now, bytes: blobs.size)
            else { continue }
            post(.event(.siteReady(site)), to: id)
            return work
        }
        return try await nextEnding(for: site).map { .runEnded($0.run, outcome: $0.outcome) }
    }

    /// The canonical document of a plan that a site was asked about.
    package func plan(_ digest: SHA256Digest, for site: SiteID) async throws -> [UInt8] {
        let asking = runs.values.first { $0.planSHA256 == digest && $0.asked.contains(site) }
        guard let run = asking else { throw CoordinatorError(.notFound) }
        return run.plan.canonicalBytes
    }

    /// Waits for a change.
    func waitForChange(atMost duration: Duration) async { await signal.wait(atMost: duration) }

    /// Wakes the long-polls after a change.
    func changed() async { await signal.notify() }
}
