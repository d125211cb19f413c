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
    private let credentials: ServerCredentials
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
        let blobs = try BlobDirectory(folder: folder.blobs, freeBytes: freeBytes)
        let coordinator = Coordinator(
            store: store,
            blobs: blobs,
            uploads: try UploadDirectory(folder: folder.uploads, blobs: blobs),
            federation: settings.federation,
            softwareVersion: softwareVersion,
            logger: logger
        )
        try await coordinator.restore()
        return [
            RunDriver(coordinator: coordinator, lock: lock),
            AuditCheckpointer(store: store),
            MemoryRelease(),
            ServerCertificateRenewal(credentials: credentials, now: now, logger: logger),
            ConnectionWatch(store: store, connections: connections, gate: gate, logger: logger),
            try servicePort(coordinator, store, secret), try enrolmentPort(store),
        ]
    }

    private func servicePort(
        _ coordinator: Coordinator,
        _ store: CoordinatorStore,
        _ secret: AuditSecret
    ) throws -> some Service {
        let routes = SiteRoutes(
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
                logger: logger
            ),
            renewal: RenewalDesk(store: store, authority: authority, now: now),
            people: PeopleRoutes(store: store)
        )
        return Application(
            router: routes.router(),
            server: GuardedChannel.server(try ServerTLS.service(folder, credentials), limits),
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

    private func enrolmentPort(_ store: CoordinatorStore) throws -> some Service {
        let desk = EnrolmentDesk(
            store: store,
            authority: authority,
            approvalsRequired: settings.approvalsRequired ?? 1,
            service: { [ports, settings] in (settings.host, await ports.service) },
            now: now
        )
        return Application(
            router: EnrolmentRoutes(desk: desk).router(),
            server: GuardedChannel.server(
                try ServerTLS.enrolment(folder, credentials),
                .enrolment
            ),
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
