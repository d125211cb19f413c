import AuditLog
import CoordinatorStore
import Durability
import Federation
package import Foundation
import Hummingbird
package import Identity
package import Logging
import NIOCore
package import ServiceLifecycle

/// `fedcoordinator serve`: both ports and the run driver as services of one group.
package struct CoordinatorService: Sendable {
    private let folder: CoordinatorFolder
    private let settings: CoordinatorSettings
    private let softwareVersion: String
    private let logger: Logger
    private let freeBytes: @Sendable (URL) -> Int?
    private let now: @Sendable () -> Date
    private let gate: SignatureGate
    private let limits: ConnectionLimits
    private let connections: ConnectionRegister
    /// What handshakes use.
    package let credentials: ServerCredentials
    /// The ports that were bound, which settings of 0 leave to the system.
    package let ports = BoundPorts()

    /// Serves the coordinator of a folder.
    ///
    /// - Parameters:
    ///   - folder: The coordinator's folder.
    ///   - softwareVersion: The version of the program.
    ///   - logger: Takes what happens.
    ///   - freeBytes: How much the disk of a place may still take.
    ///   - limits: What a connection to the service port may take.
    ///   - now: The clock for certificates and signatures.
    /// - Throws: ``CoordinatorError`` or `IdentityError` if settings or credentials cannot be used.
    package init(
        folder: CoordinatorFolder,
        softwareVersion: String,
        logger: Logger,
        freeBytes: @escaping @Sendable (URL) -> Int? = { DiskSpace.free(at: $0) },
        limits: ConnectionLimits = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        let settings = try CoordinatorSettings.read(from: folder)
        try FederationSetup.requireCertified(folder)
        self.folder = folder
        self.freeBytes = freeBytes
        self.settings = settings
        self.softwareVersion = softwareVersion
        self.logger = logger
        self.now = now
        self.limits = limits
        connections = ConnectionRegister(ofCertificateMax: limits.ofCertificateMax)
        gate = SignatureGate(now: now, logger: logger)
        credentials = try ServerCredentials(folder: folder, hosts: settings.hosts) {
            try FederationSetup.authority(of: folder, federation: settings.federation)
        }
        // A key that others can read is refused now, not when it is needed.
        _ = try FederationSetup.authority(of: folder, federation: settings.federation)
        try credentials.renewIfDue(at: now())
    }

    /// What the nonces of requests have to begin with.
    package var boot: BootID { gate.boot }

    /// The services, dependencies first; every run has been restored when this returns.
    ///
    /// - Throws: ``CoordinatorError`` when another process serves the folder, or something that a
    ///   run needs is not there; `CoordinatorStoreError`.
    package func services() async throws -> [any Service] {
        let lock = try CoordinatorLock(folder)
        let secret = try AuditKey.secret(of: folder)
        let store = try CoordinatorStore(at: folder.database, secret: secret)
        let coordinator = try coordinator(store)
        try await coordinator.restore()
        return [
            RunDriver(coordinator: coordinator, lock: lock),
            AuditCheckpointer(store: store),
            MemoryRelease(),
            ServerCredentialsWatch(credentials: credentials, now: now, logger: logger),
            ConnectionWatch(store: store, connections: connections, gate: gate, logger: logger),
            try servicePort(coordinator, store, secret), enrolmentPort(store),
        ] + (try peoplePort(store))
    }

    private func signInDesk(
        _ provider: IdentityProvider,
        _ store: CoordinatorStore,
        fetch: @escaping ProviderKeys.Fetch
    ) -> SignInDesk {
        SignInDesk(
            federation: settings.federation,
            provider: provider,
            store: store,
            approvalsRequired: settings.approvalsRequired ?? 1,
            now: now,
            fetch: fetch
        )
    }

    /// The port of people who sign in, if there is one.
    private func peoplePort(_ store: CoordinatorStore) throws -> [any Service] {
        guard let provider = settings.identityProvider else { return [] }
        let client = try ProviderClient(provider)
        let desk = signInDesk(provider, store, fetch: client.fetch)
        let port = Application(
            router: PeoplePortRoutes(desk: desk, people: PeopleRoutes(store: store)).router(),
            // As at the enrolment port: whoever comes has no certificate.
            server: GuardedChannel.server(.enrolment) { [credentials] in credentials.enrolment },
            configuration: .init(
                address: .hostname(settings.bind, port: settings.peoplePort ?? 0)
            ),
            onServerRunning: { [ports, logger] in
                await ports.note(.people, of: $0)
                Self.tell(logger, "signs people in", $0)
            },
            logger: logger
        )
        return [client, port]
    }

    /// Method and path of every message that some port takes, as `GET /v1/runs/{run}`.
    package func routes() throws -> [String] {
        let secret = try AuditKey.secret(of: folder)
        let store = try CoordinatorStore(at: folder.database, secret: secret)
        let service = try serviceRoutes(try coordinator(store), store, secret).router()
        let desk = settings.identityProvider.map { signInDesk($0, store) { _ in [] } }
        let people = desk.map { PeoplePortRoutes(desk: $0, people: PeopleRoutes(store: store)) }
        return service.routes.map(\.description)
            + EnrolmentRoutes(desk: enrolmentDesk(store)).router().routes.map(\.description)
            + (people?.router().routes.map(\.description) ?? [])
    }

    private func coordinator(_ store: CoordinatorStore) throws -> Coordinator {
        let blobs = try BlobDirectory(folder: folder.blobs, freeBytes: freeBytes)
        return Coordinator(
            store: store,
            blobs: blobs,
            uploads: try UploadDirectory(folder: folder.uploads, blobs: blobs),
            federation: settings.federation,
            softwareVersion: softwareVersion,
            logger: logger
        )
    }

    private func serviceRoutes(
        _ coordinator: Coordinator,
        _ store: CoordinatorStore,
        _ secret: AuditSecret
    ) throws -> SiteRoutes {
        SiteRoutes(
            coordinator: coordinator,
            authentication: ClientAuthentication(
                federation: settings.federation,
                store: store,
                connections: connections,
                gate: gate
            ),
            checkpoints: try CheckpointDesk(
                store: store,
                secret: secret,
                federation: settings.federation,
                roots: { [credentials] in credentials.roots },
                logger: logger
            ),
            renewal: RenewalDesk(store: store, authority: authority, now: now),
            people: PeopleRoutes(store: store)
        )
    }

    private func servicePort(
        _ coordinator: Coordinator,
        _ store: CoordinatorStore,
        _ secret: AuditSecret
    ) throws -> some Service {
        Application(
            router: try serviceRoutes(coordinator, store, secret).router(),
            server: GuardedChannel.server(limits) { [credentials] in credentials.service },
            configuration: .init(
                address: .hostname(settings.bind, port: settings.servicePort)
            ),
            onServerRunning: { [ports, logger] in
                await ports.note(.service, of: $0)
                Self.tell(logger, "serves enrolled sites and people", $0)
            },
            logger: logger
        )
    }

    /// Reads the issuing key anew each time, so that it can be rotated without a restart.
    private var authority: @Sendable () throws -> CertificateAuthority {
        { [folder, settings] in
            try FederationSetup.authority(of: folder, federation: settings.federation)
        }
    }

    private func enrolmentDesk(_ store: CoordinatorStore) -> EnrolmentDesk {
        EnrolmentDesk(
            store: store,
            authority: authority,
            roots: { [credentials] in credentials.roots },
            approvalsRequired: settings.approvalsRequired ?? 1,
            service: { [ports, settings] in (settings.host, await ports.service) },
            now: now
        )
    }

    private func enrolmentPort(_ store: CoordinatorStore) -> some Service {
        Application(
            router: EnrolmentRoutes(desk: enrolmentDesk(store)).router(),
            server: GuardedChannel.server(.enrolment) { [credentials] in credentials.enrolment },
            configuration: .init(
                address: .hostname(settings.bind, port: settings.enrolmentPort)
            ),
            onServerRunning: { [ports, logger] in
                await ports.note(.enrolment, of: $0)
                Self.tell(logger, "takes enrolments", $0)
            },
            logger: logger
        )
    }

    private static func tell(_ logger: Logger, _ what: String, _ channel: any Channel) {
        let address = channel.localAddress.map { "\($0.ipAddress ?? ""):\($0.port ?? 0)" }
        logger.notice("\(what)", metadata: ["address": "\(address ?? "")"])
    }
}
