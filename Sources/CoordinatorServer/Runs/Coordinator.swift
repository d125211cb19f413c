package import CoordinatorStore
package import Federation
package import Foundation
package import Identity
package import Logging
package import WireProtocol

/// Owns the state machines of all runs, performs their effects, and answers the sites.
package actor Coordinator {
    let store: CoordinatorStore
    let blobs: BlobDirectory
    let uploads: UploadDirectory
    let federation: String
    let softwareVersion: String
    let logger: Logger
    private let clock = ContinuousClock()
    private let epoch: ContinuousClock.Instant
    private let signal = ChangeSignal()
    var runs: [RunID: ActiveRun] = [:]
    var progress: [SiteID: ProgressReport] = [:]

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

    /// Keeps where a site is; also its heartbeat.
    package func note(_ report: ProgressReport, from site: SiteID) async throws {
        progress[site] = report
        for id in runs.keys.sorted() where runs[id]?.machine?.work(for: site) != nil {
            try await handle(.heartbeat(site), in: id)
        }
    }

    /// What a site is to do, waiting for it at most `wait`; nil if there is nothing.
    package func nextWork(for site: SiteID, waiting wait: Duration) async throws -> Work? {
        let end = now + wait
        while true {
            if let work = try await work(for: site) { return work }
            let left = end - now
            guard left > .zero, !Task.isCancelled else { return nil }
            await signal.wait(atMost: left)
        }
    }

    private func work(for site: SiteID) async throws -> Work? {
        for id in runs.keys.sorted() {
            guard var run = runs[id],
                let work = run.work(for: site, at: now, bytes: blobs.size)
            else { continue }
            if case .runEnded = work {
                run.dismissed.insert(site)
                runs[id] = run
            } else {
                try await handle(.siteReady(site), in: id)
            }
            return work
        }
        return nil
    }

    /// The canonical document of a plan that a site was asked about.
    package func plan(_ digest: SHA256Digest, for site: SiteID) async throws -> [UInt8] {
        guard runs.values.contains(where: { $0.planSHA256 == digest && $0.asked.contains(site) }),
            let run = runs.values.first(where: { $0.planSHA256 == digest })
        else { throw CoordinatorError(.notFound) }
        return run.plan.canonicalBytes
    }

    /// Wakes the long-polls after a change.
    func changed() async { await signal.notify() }
}
