import AsyncHTTPClient
import Crypto
package import Foundation
package import Identity
import NIOCore
import SiteStore
import WireProtocol
import X509

/// Gets the site its first certificate, or the next one after the last has expired (Protocol.md section 5.1).
///
/// The root is pinned before anything is sent, the key never leaves the site, and people compare six words.
package struct EnrolmentClient: Sendable {
    /// How an application stands.
    package enum Progress: Sendable, Hashable {
        /// Nobody has approved it yet: the words to read to the operator.
        case pending(words: FingerprintWords, party: String)
        /// The certificate is there.
        case enrolled(SiteEnrolment)
    }

    private let folder: SiteFolder
    private let softwareVersion: String
    private let now: @Sendable () -> Date

    /// Enrols the site of a folder.
    package init(
        folder: SiteFolder,
        softwareVersion: String,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.folder = folder
        self.softwareVersion = softwareVersion
        self.now = now
    }

    /// Applies with an invite and waits for the approval.
    ///
    /// `pending` is told once, when people have to compare words. Throws `IdentityError`
    /// `untrusted-root` before anything is sent, ``AgentError`` when refused.
    package func enrol(
        _ invite: Invite,
        pending: @Sendable (FingerprintWords) async throws -> Void = { _ in }
    ) async throws -> SiteEnrolment {
        try await wait(pending) { try await apply(invite) }
    }

    /// Applies with the certificate that has expired and waits for the approval.
    package func replaceExpired(
        pending: @Sendable (FingerprintWords) async throws -> Void = { _ in }
    ) async throws -> SiteEnrolment {
        try await wait(pending) { try await applyAgain() }
    }

    /// Applies once with an invite, or asks how the application stands.
    package func apply(_ invite: Invite) async throws -> Progress {
        let pem = try await RootCertificateProbe(host: invite.host, port: invite.port)
            .root(pinnedAs: invite.rootFingerprint)
        let root = try Enrolment.verify(rootPEM: pem, pinnedAs: invite.rootFingerprint)
        try TrustedRoots(root).write(to: folder.federationRoot)
        return try await apply(
            token: invite.token,
            expired: nil,
            at: CoordinatorAddress(host: invite.host, port: invite.port)
        )
    }

    /// Applies once with the expired certificate, or asks how the application stands.
    package func applyAgain() async throws -> Progress {
        let enrolment = try SiteEnrolment.read(from: folder)
        guard let address = enrolment.enrolmentPort else {
            throw AgentError(
                .badConfiguration,
                "the site does not know the coordinator's enrolment port",
                hint: "ask the operator for a new invite and run `fedagent enroll <invite>`"
            )
        }
        return try await apply(
            token: nil,
            expired: try PartyCredentials(from: folder.identity),
            at: address
        )
    }

    private func apply(
        token: String?,
        expired: PartyCredentials?,
        at address: CoordinatorAddress
    ) async throws -> Progress {
        let key = try PrivateKeyFile.readOrCreate(at: folder.nextKey)
        let request = EnrolmentRequest(
            token: token,
            expiredCertificate: try expired?.leafPEM(),
            certificateRequest: try CertificateRequest.pem(for: key),
            softwareVersion: softwareVersion,
            timeMilliseconds: Int64(now().timeIntervalSince1970 * 1000)
        )
        switch try await send(request, signer: expired?.signer, to: address) {
        case .pending(let answer):
            let wish = try CertificateRequest(pem: request.certificateRequest)
            let words = FingerprintWords(
                rootSPKI: try roots(after: answer.rootAnnouncement).current.publicKey.spki,
                keySPKI: wish.spki
            )
            return .pending(words: words, party: answer.party)
        case .admitted(let answer):
            return .enrolled(
                try keep(answer, key, try roots(after: answer.rootAnnouncement), address)
            )
        }
    }

    /// The roots to go by, with the one that the coordinator announces if a known one vouches for it.
    private func roots(after announcement: RootAnnouncement?) throws -> TrustedRoots {
        var roots = try TrustedRoots(from: folder.federationRoot)
        guard let announcement, try roots.adopt(RootHandover(announcement), at: now()) else {
            return roots
        }
        try roots.write(to: folder.federationRoot)
        return roots
    }

    private func keep(
        _ answer: EnrolmentResponse,
        _ key: P256.Signing.PrivateKey,
        _ roots: TrustedRoots,
        _ address: CoordinatorAddress
    ) throws -> SiteEnrolment {
        let leaf = try Enrolment.verify(
            chainPEM: answer.certificateChain,
            of: key.publicKey,
            roots: roots
        )
        guard leaf.party.uri == answer.party else {
            throw AgentError(.failed, "the certificate names \(leaf.party), not \(answer.party)")
        }
        try PartyCredentials(key: key, chainPEM: answer.certificateChain)
            .write(to: folder.identity)
        let enrolment = SiteEnrolment(
            federation: answer.federation,
            siteID: answer.siteID,
            coordinator: CoordinatorAddress(host: answer.serviceHost, port: answer.servicePort),
            enrolmentPort: address
        )
        try enrolment.write(to: folder)
        try? FileManager.default.removeItem(at: folder.nextKey)
        return enrolment
    }

    private func send(
        _ request: EnrolmentRequest,
        signer: RequestSigner?,
        to address: CoordinatorAddress
    ) async throws -> CoordinatorClient.Enrolled {
        let connection = SiteConnection(
            .init(
                http: try ClientTLS.httpClient(
                    try ClientTLS.enrolment(root: folder.federationRoot),
                    to: address
                ),
                signer: signer
            ),
            now: now
        )
        let client = CoordinatorClient(
            connection: connection,
            address: address,
            allowList: .enrolment,
            ledger: try SiteAudit.store(of: folder)
        )
        do {
            let answer = try await client.enrol(request)
            try await connection.shutdown()
            return answer
        } catch {
            try await connection.shutdown()
            throw error
        }
    }

    /// Asks soon at first, then every few seconds.
    private func wait(
        _ pending: @Sendable (FingerprintWords) async throws -> Void,
        _ apply: () async throws -> Progress
    ) async throws -> SiteEnrolment {
        var pause = 0.25
        var isTold = false
        while true {
            switch try await apply() {
            case .enrolled(let enrolment): return enrolment
            case .pending(let words, _):
                if !isTold { try await pending(words) }
                isTold = true
            }
            try await Task.sleep(for: .seconds(pause))
            pause = min(pause * 2, 5)
        }
    }
}

extension CoordinatorClient {
    /// What the enrolment port answers.
    enum Enrolled: Sendable, Hashable {
        case pending(EnrolmentPending)
        case admitted(EnrolmentResponse)
    }

    /// Sends an application.
    func enrol(_ request: EnrolmentRequest) async throws -> Enrolled {
        let answer = try await send(
            Message(
                endpoint: .enrol,
                path: Endpoint.enrol.template,
                body: .init(try WireCodec.encode(request))
            )
        )
        return answer.status == 202
            ? .pending(try decode(EnrolmentPending.self, answer.body, of: .enrol))
            : .admitted(try decode(EnrolmentResponse.self, answer.body, of: .enrol))
    }

    /// Asks for the next certificate.
    func renew(_ renewal: CertificateRenewal) async throws -> RenewedCertificate {
        let answer = try await send(
            Message(
                endpoint: .renewCertificate,
                path: Endpoint.renewCertificate.template,
                body: .init(try WireCodec.encode(renewal))
            )
        )
        return try decode(RenewedCertificate.self, answer.body, of: .renewCertificate)
    }
}
