import AsyncHTTPClient
import Foundation
package import Identity
import NIOCore
import SiteStore
import WireProtocol

/// Enrols the site: pins the root before anything is sent, makes the request, keeps the certificate.
package struct EnrolmentClient: Sendable {
    private let folder: SiteFolder
    private let softwareVersion: String

    /// Enrols the site of a folder.
    package init(folder: SiteFolder, softwareVersion: String) {
        self.folder = folder
        self.softwareVersion = softwareVersion
    }

    /// Redeems an invite.
    ///
    /// - Throws: `IdentityError` `untrusted-root` before anything is sent; ``AgentError`` when refused.
    package func enrol(_ invite: Invite) async throws -> SiteEnrolment {
        let store = try SiteAudit.store(of: folder)
        let root = try await RootCertificateProbe(host: invite.host, port: invite.port)
            .root(pinnedAs: invite.rootFingerprint)
        try OwnerOnlyFile.write(Data(root.utf8), to: folder.federationRoot)
        let answer = try await request(invite, store: store)
        try Enrolment.verify(
            rootPEM: answer.rootCertificate,
            pinnedAs: invite.rootFingerprint
        )
        try OwnerOnlyFile.write(Data(answer.certificateChain.utf8), to: folder.chain)
        let enrolment = SiteEnrolment(
            federation: answer.federation,
            siteID: answer.siteID,
            coordinator: CoordinatorAddress(host: answer.serviceHost, port: answer.servicePort)
        )
        try enrolment.write(to: folder)
        return enrolment
    }

    private func request(_ invite: Invite, store: SiteStore) async throws -> EnrolmentResponse {
        let key = try PrivateKeyFile.read(from: folder.siteKey)
        let message = EnrolmentRequest(
            token: invite.token,
            certificateRequest: try Enrolment.certificateRequest(for: key),
            softwareVersion: softwareVersion
        )
        let http = ClientTLS.httpClient(try ClientTLS.enrolment(root: folder.federationRoot))
        let client = CoordinatorClient(
            http: http,
            address: CoordinatorAddress(host: invite.host, port: invite.port),
            allowList: .enrolment,
            ledger: store
        )
        do {
            let answer = try await client.enrol(message)
            try await http.shutdown()
            return answer
        } catch {
            try await http.shutdown()
            throw error
        }
    }
}

extension CoordinatorClient {
    /// Sends the enrolment request; never repeated, since its token counts once.
    func enrol(_ request: EnrolmentRequest) async throws -> EnrolmentResponse {
        let answer = try await send(
            Message(
                endpoint: .enrol,
                path: Endpoint.enrol.template,
                body: .init(try WireCodec.encode(request)),
                isRetried: false
            )
        )
        return try WireCodec.decode(EnrolmentResponse.self, from: answer.body)
    }
}
