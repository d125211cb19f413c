import AuditLog
import CoordinatorStore
import Durability
import Federation
package import Foundation
import Hummingbird
import HummingbirdTLS
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
    /// The ports that were bound, which settings of 0 leave to the system.
    package let ports = BoundPorts()

    /// Serves the coordinator of a folder; `freeBytes` says how much its disk may still take.
    package init(
        folder: CoordinatorFolder,
        softwareVersion: String,
        logger: Logger,
        freeBytes: @escaping @Sendable (URL) -> Int? = { DiskSpace.free(at: $0) }
    ) throws {
        self.folder = folder
        self.freeBytes = freeBytes
        settings = try CoordinatorSettings.read(from: folder)
        self.softwareVersion = softwareVersion
        self.logger = logger
    }

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
            AuditCheckpointer(store: store), try servicePort(coordinator, store, secret),
            try enrolmentPort(store),
        ]
    }

    private func servicePort(
        _ coordinator: Coordinator,
        _ store: CoordinatorStore,
        _ secret: AuditSecret
    ) throws -> some Service {
        let routes = SiteRoutes(
            coordinator: coordinator,
            authentication: SiteAuthentication(federation: settings.federation) { fingerprint in
                try await store.activeSite(fingerprint: fingerprint)
            },
            checkpoints: try CheckpointDesk(
                store: store,
                secret: secret,
                federation: settings.federation,
                logger: logger
            )
        )
        return Application(
            router: routes.router(),
            server: try .tls(
                .http1(configuration: .init(idleTimeout: .seconds(90))),
                tlsConfiguration: ServerTLS.service(folder)
            ),
            configuration: .init(
                address: .hostname(settings.bind, port: settings.servicePort)
            ),
            onServerRunning: { [ports] in await ports.note(.service, of: $0) },
            logger: logger
        )
    }

    private func enrolmentPort(_ store: CoordinatorStore) throws -> some Service {
        let desk = EnrolmentDesk(
            store: store,
            authority: try FederationSetup.authority(
                of: folder,
                federation: settings.federation
            ),
            service: { [ports, settings] in (settings.host, await ports.service) },
            now: { Date() }
        )
        return Application(
            router: EnrolmentRoutes { try await desk.admit($0) }.router(),
            server: try .tls(
                .http1(configuration: .init(idleTimeout: .seconds(30))),
                tlsConfiguration: ServerTLS.enrolment(folder)
            ),
            configuration: .init(
                address: .hostname(settings.bind, port: settings.enrolmentPort)
            ),
            onServerRunning: { [ports] in await ports.note(.enrolment, of: $0) },
            logger: logger
        )
    }
}
