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
import X509

/// A federation in a temporary folder whose coordinator serves on free loopback ports.
final class TestFederation: Sendable {
    static let name = "test-federation"

    let folder: CoordinatorFolder
    let servicePort: Int
    let enrolmentPort: Int
    let operations: FederationOperator
    private let clients = NIOLockedValueBox<[HTTPClient]>([])

    private init(folder: CoordinatorFolder, service: Int, enrolment: Int) throws {
        self.folder = folder
        servicePort = service
        enrolmentPort = enrolment
        operations = try FederationOperator(folder: folder)
    }

    /// Makes a federation, serves it while `body` runs, and takes everything away afterwards.
    static func serving(_ body: (TestFederation) async throws -> Void) async throws {
        let folder = try makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        try await serving(folder, body)
    }

    /// Serves a coordinator's folder while `body` runs; the folder stays.
    static func serving(
        _ folder: CoordinatorFolder,
        freeBytes: @escaping @Sendable (URL) -> Int? = { _ in 1 << 40 },
        _ body: (TestFederation) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let service = try CoordinatorService(
            folder: folder,
            softwareVersion: "test",
            logger: logger,
            freeBytes: freeBytes
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
                enrolment: await service.ports.enrolment
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

    /// Makes a coordinator's folder with settings for loopback.
    static func makeFolder() throws -> CoordinatorFolder {
        let folder = CoordinatorFolder(
            FileManager.default.temporaryDirectory.appending(path: "federation-\(UUID())")
        )
        try FederationSetup.create(
            in: folder,
            settings: CoordinatorSettings(
                federation: name,
                host: "127.0.0.1",
                bind: "127.0.0.1",
                servicePort: 0,
                enrolmentPort: 0
            ),
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
        let redeemed = try await operations.store.redeemInvite(
            tokenHash: invite.tokenHash,
            fingerprint: credentials.fingerprint,
            notValidAfter: Date().addingTimeInterval(86_400),
            softwareVersion: "test",
            at: Date()
        )
        precondition(redeemed, "a fresh invite can be redeemed")
        return TestSite(id: site, http: try client(credentials), port: servicePort)
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
    fileprivate init(_ body: () async throws(Failure) -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
