import AsyncHTTPClient
import Foundation
import Identity
package import Logging
import ServiceLifecycle
import SiteStore
import WireProtocol

/// `fedagent serve`: introduces the site, then works until it is stopped.
package struct AgentService: Service {
    private let folder: SiteFolder
    private let softwareVersion: String
    private let logger: Logger
    private let checkpointInterval: Duration
    private let emit: @Sendable (AgentEvent) -> Void

    /// Serves the site of a folder; at most `checkpointInterval` of training is lost in a crash.
    package init(
        folder: SiteFolder,
        softwareVersion: String,
        logger: Logger,
        checkpointInterval: Duration = .seconds(10),
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) {
        self.folder = folder
        self.softwareVersion = softwareVersion
        self.logger = logger
        self.checkpointInterval = checkpointInterval
        self.emit = emit
    }

    /// Works until graceful shutdown.
    ///
    /// - Throws: ``AgentError`` when there is no cohort, or the coordinator refuses the site.
    package func run() async throws {
        let enrolment = try SiteEnrolment.read(from: folder)
        let store = try SiteStore(at: folder.database)
        let lock = try SiteLock(folder)
        defer { lock.release() }
        _ = try await CohortRegister(store: store, folder: folder).current()
        let http = ClientTLS.httpClient(
            try ClientTLS.service(
                root: folder.federationRoot,
                chain: folder.chain,
                key: folder.siteKey
            )
        )
        try await store.noteProfile(sha256: try SiteProfile.digest(in: folder))
        try await store.recordService(isRunning: true, version: softwareVersion)
        do {
            try await work(enrolment, store, http)
        } catch {
            try await stop(store, http)
            throw error
        }
        try await stop(store, http)
    }

    private func introduce(_ site: SiteContext) async throws {
        let hello = try await site.client.hello()
        logger.notice(
            "connected",
            metadata: [
                "site.id": "\(hello.siteID)", "federation": "\(hello.federation)",
                "coordinator": "\(site.enrolment.coordinator)",
            ]
        )
        try await site.client.describe(
            try await SiteDescriber(site: site, softwareVersion: softwareVersion).description()
        )
    }

    private func stop(_ store: SiteStore, _ http: HTTPClient) async throws {
        try await http.shutdown()
        try await store.recordService(isRunning: false, version: softwareVersion)
    }

    private func work(
        _ enrolment: SiteEnrolment,
        _ store: SiteStore,
        _ http: HTTPClient
    ) async throws {
        let site = SiteContext(
            folder: folder,
            store: store,
            profile: try SiteProfile.read(from: folder.profile),
            enrolment: enrolment,
            client: CoordinatorClient(http: http, address: enrolment.coordinator, ledger: store),
            checkpointInterval: checkpointInterval,
            emit: emit
        )
        try await Outbox(site: site).sweep()
        let loop = WorkLoop(site: site)
        try await cancelWhenGracefulShutdown {
            do {
                while try await !site.attempt({ try await introduce(site) }) {}
                try await loop.run()
            } catch is CancellationError {
                return
            }
        }
    }
}
