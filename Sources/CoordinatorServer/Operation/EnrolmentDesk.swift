package import CoordinatorStore
import Federation
package import Foundation
package import Identity
package import WireProtocol
import X509
import SwiftASN1

/// Admits sites at the enrolment port: one token, one site, one certificate.
package struct EnrolmentDesk: Sendable {
    private let store: CoordinatorStore
    private let authority: CertificateAuthority
    private let service: @Sendable () async -> (host: String, port: Int)
    private let now: @Sendable () -> Date

    /// Admits into the federation of `authority`, telling sites where the service port is.
    package init(
        store: CoordinatorStore,
        authority: CertificateAuthority,
        service: @escaping @Sendable () async -> (host: String, port: Int),
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.authority = authority
        self.service = service
        self.now = now
    }

    /// Redeems a token; wrong, used and expired tokens get the same answer.
    ///
    /// - Throws: ``CoordinatorError`` `enrolment-refused` or `malformed`.
    package func admit(_ request: EnrolmentRequest) async throws -> EnrolmentResponse {
        let time = now()
        let hash = Invite.hash(ofToken: request.token)
        guard let site = try await store.inviteSite(tokenHash: hash, at: time) else {
            throw CoordinatorError(.enrolmentRefused, "a token was wrong, used or expired")
        }
        let admission: Enrolment.Admission
        do {
            admission = try Enrolment.admit(
                siteID: site.rawValue,
                requestPEM: request.certificateRequest,
                authority: authority,
                at: time
            )
        } catch let error as IdentityError {
            throw CoordinatorError(.malformed, "\(site): \(error)")
        }
        guard
            try await store.redeemInvite(
                tokenHash: hash,
                fingerprint: admission.fingerprint,
                notValidAfter: admission.notValidAfter,
                softwareVersion: request.softwareVersion,
                at: time
            )
        else { throw CoordinatorError(.enrolmentRefused, "\(site): the token was just used") }
        let service = await service()
        return EnrolmentResponse(
            siteID: site.rawValue,
            federation: authority.federation,
            certificateChain: admission.chainPEM,
            rootCertificate: try authority.root.serializeAsPEM().pemString,
            serviceHost: service.host,
            servicePort: service.port
        )
    }
}
