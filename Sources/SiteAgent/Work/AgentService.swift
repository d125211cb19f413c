import AuditedDatabase
package import DICOM
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
    private let decoder: any FrameDecoding
    private let logger: Logger
    private let checkpointInterval: Duration
    private let patience: Patience
    private let emit: @Sendable (AgentEvent) -> Void

    /// Serves the site of a folder; at most `checkpointInterval` of training is lost in a crash.
    package init(
        folder: SiteFolder,
        softwareVersion: String,
        decoder: any FrameDecoding = DirectFrameDecoder(),
        logger: Logger,
        checkpointInterval: Duration = .seconds(10),
        patience: Patience = .standard,
        emit: @escaping @Sendable (AgentEvent) -> Void
    ) {
        self.folder = folder
        self.softwareVersion = softwareVersion
        self.decoder = decoder
        self.logger = logger
        self.checkpointInterval = checkpointInterval
        self.patience = patience
        self.emit = emit
    }

    /// Works until graceful shutdown.
    ///
    /// - Throws: ``AgentError`` when the policy cannot be read, there is no cohort, or the coordinator refuses the site.
    package func run() async throws {
        try SiteSetup.checkKeys(of: folder)
        _ = try SitePolicy.read(from: folder.policy)
        let enrolment = try SiteEnrolment.read(from: folder)
        let store = try SiteAudit.store(of: folder)
        let lock = try SiteLock(folder)
        defer { lock.release() }
        _ = try await CohortRegister(store: store, folder: folder).current()
        let connection = try SiteConnection(
            credentials: try PartyCredentials(from: folder.identity),
            root: folder.federationRoot,
            address: enrolment.coordinator,
            patience: patience
        )
        try await store.noteProfile(sha256: try SiteProfile.digest(in: folder))
        try await store.recordService(isRunning: true, version: softwareVersion)
        do {
            try await work(enrolment, store, lock, connection)
        } catch {
            try await stop(store, connection)
            throw error
        }
        try await stop(store, connection)
    }

    private func stop(_ store: SiteStore, _ connection: SiteConnection) async throws {
        try await connection.shutdown()
        try await store.recordService(isRunning: false, version: softwareVersion)
        try await store.signAudit()
    }

    private func work(
        _ enrolment: SiteEnrolment,
        _ store: SiteStore,
        _ lock: SiteLock,
        _ connection: SiteConnection
    ) async throws {
        let site = try context(enrolment, store, connection)
        try await Outbox(site: site).sweep()
        let (loop, witness) = (WorkLoop(site: site), site.witness)
        let renewal = site.witness.renewer
        let arrivals = ArrivalIntake(
            folder: folder,
            softwareVersion: softwareVersion,
            decoder: decoder,
            emit: emit
        )
        try await cancelWhenGracefulShutdown {
            do {
                while try await !site.attempt({ try await introduce(site) }) {}
                // Whichever of them ends or fails ends the others.
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask { try await loop.run() }
                    tasks.addTask { try await witness.run() }
                    tasks.addTask { try await renewal.run() }
                    tasks.addTask { try await arrivals.run(into: store, holding: lock) }
                    try await tasks.next()
                    tasks.cancelAll()
                }
            } catch is CancellationError {
                return
            }
        }
    }

    /// What all work needs.
    ///
    /// Inlined into an asynchronous function this crashes the optimizer of Swift 6.3.1.
    @inline(never)
    private func context(
        _ enrolment: SiteEnrolment,
        _ store: SiteStore,
        _ connection: SiteConnection
    ) throws -> SiteContext {
        let profile = try SiteProfile.read(from: folder.profile)
        let schedule = try SiteSchedule(of: profile)
        let client = CoordinatorClient(
            connection: connection,
            address: enrolment.coordinator,
            allowList: .site(SiteEgressBasis(of: folder, store)),
            ledger: store,
            schedule: schedule
        )
        return SiteContext(
            folder: folder,
            store: store,
            profile: profile,
            enrolment: enrolment,
            client: client,
            schedule: schedule,
            witness: CoordinatorWitness(
                folder: folder,
                store: store,
                client: client,
                cosigner: try SiteAudit.cosigner(of: folder, enrolment),
                logger: logger
            ),
            checkpointInterval: checkpointInterval,
            emit: emit
        )
    }

    /// Says who is there, compares clocks and histories, and describes the site.
    private func introduce(_ site: SiteContext) async throws {
        let hello = try await site.client.hello()
        logger.notice(
            "connected",
            metadata: [
                "site.id": "\(hello.siteID)", "federation": "\(hello.federation)",
                "coordinator": "\(site.enrolment.coordinator)",
            ]
        )
        warnOfClocks(hello)
        // Before anything else is sent: a coordinator with another history gets nothing.
        try await site.witness.exchange()
        try await site.client.describe(
            try await SiteDescriber(site: site, softwareVersion: softwareVersion).description()
        )
    }

    private func warnOfClocks(_ hello: Hello) {
        let clocks = ClockComparison(
            aheadSeconds: -ClockDifference.secondsAhead(
                milliseconds: hello.timeMilliseconds,
                of: Date()
            ),
            isOwnSynchronized: ClockDiscipline.isSynchronized,
            isOtherSynchronized: hello.clockIsSynchronized
        )
        clocks.note(in: folder)
        guard clocks.isWorthWarning else { return }
        logger.warning("clocks differ", metadata: ["clock": "\(clocks.text)"])
    }
}
