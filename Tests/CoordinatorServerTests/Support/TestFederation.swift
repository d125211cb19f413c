import AsyncHTTPClient
import CoordinatorServer
import CoordinatorStore
import Federation
import Foundation
import Identity
import Logging
import NIOConcurrencyHelpers
import NIOSSL
import ServiceLifecycle
import Tensors
import Testing
import X509

/// A federation in a temporary folder whose coordinator serves on free loopback ports.
final class TestFederation: Sendable {
    static let name = "test-federation"

    let folder: CoordinatorFolder
    let servicePort: Int
    let enrolmentPort: Int
    let operations: FederationOperator
    let boot: @Sendable () -> BootID
    /// The coordinator, if this process has it.
    private let service: CoordinatorService?
    private let clients = NIOLockedValueBox<[HTTPClient]>([])

    private init(
        folder: CoordinatorFolder,
        service: Int,
        enrolment: Int,
        boot: @escaping @Sendable () -> BootID,
        of coordinator: CoordinatorService? = nil
    ) throws {
        self.folder = folder
        self.service = coordinator
        self.boot = boot
        servicePort = service
        enrolmentPort = enrolment
        operations = try FederationOperator(folder: folder)
    }

    /// What the coordinator's handshakes use; it looks at the folder each second, a test at once.
    var credentials: ServerCredentials {
        get throws { try #require(service).credentials }
    }

    /// The ports the coordinator listens on.
    var ports: BoundPorts {
        get throws { try #require(service).ports }
    }

    /// Makes a federation, serves it while `body` runs, and takes everything away afterwards.
    ///
    /// `now` is the coordinator's clock, `approvals` how many operators approve.
    static func serving(
        now: @escaping @Sendable () -> Date = { Date() },
        approvals: Int = 1,
        limits: ConnectionLimits = .standard,
        _ body: (TestFederation) async throws -> Void
    ) async throws {
        let folder = try makeFolder(approvals: approvals)
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await serving(folder, limits: limits, now: now, body)
    }

    /// Serves a coordinator's folder while `body` runs; the folder stays.
    static func serving(
        _ folder: CoordinatorFolder,
        freeBytes: @escaping @Sendable (URL) -> Int? = { _ in 1 << 40 },
        limits: ConnectionLimits = .standard,
        now: @escaping @Sendable () -> Date = { Date() },
        _ body: (TestFederation) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = try CoordinatorService(
            folder: folder,
            softwareVersion: "test",
            logger: logger,
            freeBytes: freeBytes,
            limits: limits,
            now: now
        )
        let group = ServiceGroup(
            configuration: .init(
                services: try await service.services().map { .init(service: $0) },
                logger: logger
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            let federation = try TestFederation(
                folder: folder,
                service: await service.ports.service,
                enrolment: await service.ports.enrolment,
                boot: { service.boot },
                of: service
            )
            let result = await Result { try await body(federation) }
            for client in federation.clients.withLockedValue({ $0 }) {
                try await client.shutdown()
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            try result.get()
        }
    }

    /// A federation whose coordinator is a process of its own.
    static func beside(
        _ folder: CoordinatorFolder,
        service: Int,
        enrolment: Int,
        boot: @escaping @Sendable () -> BootID = { .unknown },
        _ body: (TestFederation) async throws -> Void
    ) async throws {
        let federation = try TestFederation(
            folder: folder,
            service: service,
            enrolment: enrolment,
            boot: boot
        )
        let result = await Result { try await body(federation) }
        for client in federation.clients.withLockedValue({ $0 }) { try await client.shutdown() }
        try result.get()
    }

    /// Makes a coordinator's folder with settings for loopback.
    static func makeFolder(
        approvals: Int = 1,
        servicePort: Int = 0,
        enrolmentPort: Int = 0,
        under root: RootAuthority? = nil,
        provider: IdentityProvider? = nil
    ) throws -> CoordinatorFolder {
        let folder = CoordinatorFolder(
            FileManager.default.temporaryDirectory.appending(path: "federation-\(UUID())")
        )
        try FederationSetup.create(
            in: folder,
            settings: CoordinatorSettings(
                federation: name,
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: servicePort,
                enrolmentPort: enrolmentPort,
                approvalsRequired: approvals,
                identityProvider: provider,
                peoplePort: provider == nil ? nil : 0
            ),
            under: root,
            at: Date()
        )
        return folder
    }

    /// The authority that signs this federation's certificates.
    func authority() throws -> CertificateAuthority {
        try FederationSetup.authority(of: folder, federation: Self.name)
    }

    /// A site with a certificate that the coordinator knows.
    func enrolledSite(_ id: String) async throws -> TestSite {
        let site = try SiteID(validating: id)
        let invite = try await operations.invite(
            site,
            name: id,
            enrolmentPort: enrolmentPort,
            at: Date()
        )
        let credentials = try TestCredentials(site: id, of: try authority(), at: Date())
        try await admit(credentials, as: CertificateHolder(.site, id), by: invite)
        return try self.site(site, credentials)
    }

    /// A site as its requests look on the wire, signed with these credentials.
    func site(_ id: SiteID, _ credentials: TestCredentials) throws -> TestSite {
        TestSite(
            id: id,
            http: try client(credentials),
            port: servicePort,
            signing: .init(credentials: credentials, boot: boot)
        )
    }

    /// A person with a certificate that the coordinator knows; requests of people are not signed.
    func person(
        _ id: String,
        _ role: CertificateHolder.Kind,
        plans: [SHA256Digest] = [],
        everything: Bool = false
    ) async throws -> TestSite {
        let invite = try await operations.invite(
            person: id,
            as: role,
            plans: plans,
            wholeFederation: everything,
            at: Date()
        )
        let kind = try #require(Party.PersonRole(rawValue: role.rawValue))
        let credentials = try TestCredentials(
            .person(kind, id),
            of: try authority(),
            at: Date()
        )
        try await admit(credentials, as: CertificateHolder(role, id), by: invite)
        return TestSite(
            id: try SiteID(validating: id),
            http: try client(credentials),
            port: servicePort
        )
    }

    /// Lets a holder apply, approves it, and registers its certificate.
    func admit(
        _ credentials: TestCredentials,
        as holder: CertificateHolder,
        by invite: Invite
    ) async throws {
        let record = try credentials.record()
        let application = CertificateApplication(
            ground: .invite(tokenHash: invite.tokenHash),
            keySHA256: record.keySHA256,
            request: credentials.requestPEM,
            softwareVersion: "test"
        )
        let store = operations.store
        _ = try await store.apply(application, approvalsRequired: 1, at: Date())
        _ = try await store.approve(holder, keySHA256: record.keySHA256, by: "test")
        let outcome = try await store.apply(application, approvalsRequired: 1, at: Date())
        guard case .approved(holder, let id) = outcome else {
            preconditionFailure("a fresh invite can be redeemed")
        }
        try await store.register(record, for: id)
    }

    /// TLS as a client speaks it to this federation.
    func tls(_ credentials: TestCredentials? = nil) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.trustRoots = .certificates(
            try NIOSSLCertificate.fromPEMFile(folder.rootCertificate.path)
        )
        if let credentials {
            configuration.certificateChain = try credentials.chain().map { .certificate($0) }
            configuration.privateKey = .privateKey(try credentials.privateKey())
        }
        return configuration
    }

    /// An HTTP client with these credentials, which ends with the serving.
    func client(_ credentials: TestCredentials? = nil) throws -> HTTPClient {
        var configuration = HTTPClient.Configuration(tlsConfiguration: try tls(credentials))
        configuration.httpVersion = .http1Only
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: configuration
        )
        clients.withLockedValue { $0.append(client) }
        return client
    }
}

extension Result {
    /// What `body` returns or throws.
    init(_ body: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
