import CoordinatorServer
import CoordinatorStore
import Crypto
import Federation
import Foundation
import Identity
import Logging
import SiteAgent
import SiteStore
import Synchronization
import Testing
import WireProtocol

/// Thirty days in a moment: renewal, overlap, expiry and grace on a clock of the test's own.
@Suite struct RenewalTests {
    /// A clock that the test moves.
    private final class Days: Sendable {
        private let seconds = Mutex(0.0)

        /// TLS keeps the machine's time, so that whatever is presented must be valid today.
        let first: Double

        init(beginning first: Double = 0) {
            self.first = first
        }

        func move(to days: Double) { seconds.withLock { $0 = (first + days) * 86_400 } }

        var now: Date { Date().addingTimeInterval(seconds.withLock { $0 }) }
    }

    private static func site() throws -> SiteFolder {
        let folder = SiteFolder(
            FileManager.default.temporaryDirectory.appending(path: "renewal-\(UUID())")
        )
        try FileManager.default.createDirectory(at: folder.root, withIntermediateDirectories: true)
        return folder
    }

    private static func enrol(
        _ folder: SiteFolder,
        in federation: TestFederation,
        at days: Days
    ) async throws -> SiteEnrolment {
        try await EnrolmentClient(folder: folder, softwareVersion: "test", now: { days.now })
            .enrol(try await federation.invite("alpha")) { words in
                let applicant = try await federation.operations.applicant("alpha", at: days.now)
                #expect(words.match(applicant.words), "both screens show the same words")
                _ = try await federation.operations.approve(applicant, by: "test")
            }
    }

    @Test func `an agent renews from day ten on, with a new key, while it works`() async throws {
        let days = Days(beginning: -12)
        try await TestFederation.serving(now: { days.now }) { federation in
            days.move(to: 0)
            let folder = try Self.site()
            defer { try? FileManager.default.removeItem(at: folder.root) }
            let enrolment = try await Self.enrol(folder, in: federation, at: days)
            let store = try SiteStore(at: folder.database)
            let old = try PartyCredentials(from: folder.identity)
            try await CoordinatorClient.connected(
                to: enrolment,
                folder: folder,
                allowList: .transport,
                ledger: store,
                now: { days.now }
            ) { client in
                let loop = CertificateRenewer(
                    folder: folder,
                    store: store,
                    client: client,
                    logger: Logger(label: "test")
                )
                days.move(to: 9.9)
                let early = try await loop.renewIfDue()
                #expect(early == nil)
                days.move(to: 10.1)
                let renewed = try await loop.renewIfDue()
                #expect(renewed != nil)
                // The same client goes on under the new certificate.
                let hello = try await client.hello()
                #expect(hello.siteID == "alpha")
                let again = try await loop.renewIfDue()
                #expect(again == nil)
            }
            let new = try PartyCredentials(from: folder.identity)
            #expect(new.leaf.party == old.leaf.party)
            #expect(new.leaf.fingerprint != old.leaf.fingerprint)
            #expect(new.key.rawRepresentation != old.key.rawRepresentation)
            try await Self.expectOverlap(of: old, days, federation)
        }
    }

    /// The old certificate is good for a day more.
    private static func expectOverlap(
        of old: PartyCredentials,
        _ days: Days,
        _ federation: TestFederation
    ) async throws {
        var wire = try federation.site(
            try SiteID(validating: "alpha"),
            try TestCredentials(old)
        )
        wire.clock = { days.now }
        days.move(to: 11.0)
        #expect(try await wire.send("GET", "/v1/hello").status == 200)
        days.move(to: 11.2)
        let answer = try await wire.send("GET", "/v1/hello")
        #expect(answer.status == 403)
        #expect(answer.code == "certificate-ended")
    }

    @Test func `a lost answer is given again, another key is a conflict, an old key malformed`()
        async throws
    {
        try await TestFederation.serving { federation in
            let site = try await federation.enrolledSite("alpha")
            func renew(_ key: P256.Signing.PrivateKey) async throws -> TestSite.Answer {
                try await site.send(
                    .renewCertificate,
                    "/v1/certificate",
                    CertificateRenewal(certificateRequest: try CertificateRequest.pem(for: key))
                )
            }
            let own = try #require(site.signing?.credentials.key)
            #expect(try await renew(own).code == "malformed")
            let key = P256.Signing.PrivateKey()
            let first = try await renew(key).decoded(RenewedCertificate.self)
            #expect(try await renew(key).decoded(RenewedCertificate.self) == first)
            #expect(try await renew(P256.Signing.PrivateKey()).code == "conflict")
        }
    }

    @Test func `a site whose certificate expired gets a new one by hand, a revoked site none`()
        async throws
    {
        let days = Days()
        try await TestFederation.serving(now: { days.now }) { federation in
            let folder = try Self.site()
            defer { try? FileManager.default.removeItem(at: folder.root) }
            _ = try await Self.enrol(folder, in: federation, at: days)
            let old = try PartyCredentials(from: folder.identity)
            let client = EnrolmentClient(
                folder: folder,
                softwareVersion: "test",
                now: { days.now }
            )
            let early = await #expect(throws: AgentError.self) { _ = try await client.applyAgain() }
            #expect(early?.code == .refusedByPolicy, "a valid certificate is renewed, not replaced")
            days.move(to: 45)
            guard case .pending = try await client.applyAgain() else {
                Issue.record("nothing is issued before the approval")
                return
            }
            let applicant = try await federation.operations.applicant("alpha", at: days.now)
            #expect(applicant.application.isRenewal)
            _ = try await federation.operations.approve(applicant, by: "test")
            guard case .enrolled(let enrolment) = try await client.applyAgain() else {
                Issue.record("an approved application is answered with the certificate")
                return
            }
            #expect(enrolment.siteID == "alpha")
            let new = try PartyCredentials(from: folder.identity)
            #expect(new.leaf.fingerprint != old.leaf.fingerprint)
            try await federation.operations.store.revoke(try SiteID(validating: "alpha"))
            days.move(to: 90)
            let refused = await #expect(throws: AgentError.self) {
                _ = try await client.applyAgain()
            }
            #expect(refused?.code == .refusedByPolicy)
        }
    }

    @Test func `the server certificate is renewed without a restart`() async throws {
        let folder = try TestFederation.makeFolder()
        defer { try? FileManager.default.removeItem(at: folder.root) }
        let credentials = try ServerCredentials(folder: folder, hosts: ["127.0.0.1"]) {
            try FederationSetup.authority(of: folder, federation: TestFederation.name)
        }
        let first = credentials.end
        #expect(try !credentials.renewIfDue(at: Date().addingTimeInterval(9.9 * 86_400)))
        #expect(credentials.end == first)
        #expect(try credentials.renewIfDue(at: Date().addingTimeInterval(10.1 * 86_400)))
        #expect(try credentials.renewIfDue(at: Date().addingTimeInterval(400 * 86_400)))
        #expect(try credentials.renewIfDue(at: Date()), "the clock was 400 days ahead")
        #expect(credentials.end >= first)
        let onDisk = try PartyCredentials(from: folder.serverIdentity)
        #expect(onDisk.leaf.notValidAfter == credentials.end)
    }
}
