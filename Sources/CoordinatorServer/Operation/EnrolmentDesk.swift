package import CoordinatorStore
package import Foundation
package import Hummingbird
package import Identity
import SwiftASN1
package import WireProtocol
import X509

/// Takes applications at the enrolment port and gives approved ones their certificate (Protocol.md section 5.1).
package struct EnrolmentDesk: Sendable {
    /// What an applicant is told.
    package enum Answer: Sendable, Hashable {
        case pending(EnrolmentPending)
        case admitted(EnrolmentResponse)
    }

    private let store: CoordinatorStore
    private let authority: @Sendable () throws -> CertificateAuthority
    private let roots: @Sendable () -> FederationRoots
    private let approvalsRequired: Int
    private let service: @Sendable () async -> (host: String, port: Int)
    /// The coordinator's clock.
    package let now: @Sendable () -> Date

    /// Admits into the federation of `authority`, telling applicants where the service port is.
    package init(
        store: CoordinatorStore,
        authority: @escaping @Sendable () throws -> CertificateAuthority,
        roots: @escaping @Sendable () -> FederationRoots,
        approvalsRequired: Int,
        service: @escaping @Sendable () async -> (host: String, port: Int),
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.authority = authority
        self.roots = roots
        self.approvalsRequired = approvalsRequired
        self.service = service
        self.now = now
    }

    /// Answers an application; wrong, used and expired tokens get the same answer.
    ///
    /// - Throws: ``CoordinatorError`` `enrolment-refused`, `clock-skew`, `signature-…` or `malformed`.
    package func answer(_ message: EnrolmentRequest, to request: Request) async throws -> Answer {
        let time = now()
        let skew = ClockDifference.secondsAhead(milliseconds: message.timeMilliseconds, of: time)
        guard abs(skew) <= ReplayGuard.skewMax else {
            throw CoordinatorError(.clockSkew, "an applicant's clock is off by \(skew) s")
        }
        let wish: CertificateRequest
        do throws(IdentityError) {
            wish = try CertificateRequest(pem: message.certificateRequest)
        } catch {
            throw CoordinatorError(.malformed, "\(error)")
        }
        let application = CertificateApplication(
            ground: try ground(of: message, request, at: time),
            keySHA256: wish.keySHA256,
            request: message.certificateRequest,
            softwareVersion: message.softwareVersion
        )
        let outcome = try await store.apply(
            application,
            approvalsRequired: approvalsRequired,
            at: time
        )
        return try await answer(outcome, wish, at: time)
    }

    private func answer(
        _ outcome: CertificateApplication.Outcome,
        _ wish: CertificateRequest,
        at time: Date
    ) async throws -> Answer {
        let authority = try authority()
        switch outcome {
        case .refused: throw CoordinatorError(.enrolmentRefused)
        case .pending(let holder):
            return .pending(
                EnrolmentPending(
                    federation: authority.federation,
                    party: authority.party(holder).uri,
                    rootAnnouncement: try roots().announcement()
                )
            )
        case .approved(let holder, let id):
            let issued = try authority.issue(to: holder.role, wish, at: time)
            try await store.register(CertificateRecord(issued, of: wish), for: id)
            return .admitted(try await admission(of: holder, issued.chainPEM, authority))
        case .issued(let holder, let chain):
            return .admitted(try await admission(of: holder, chain, authority))
        }
    }

    private func ground(
        of message: EnrolmentRequest,
        _ request: Request,
        at time: Date
    ) throws -> CertificateApplication.Ground {
        switch (message.token, message.expiredCertificate) {
        case (let token?, nil): return .invite(tokenHash: Invite.hash(ofToken: token))
        case (nil, let pem?):
            guard let leaf = try? CertificateFile.parse(pem).first,
                let peer = try? PeerCertificate(leaf)
            else { throw CoordinatorError(.malformed, "the expired certificate cannot be read") }
            _ = try SignatureGate.signature(of: request, by: peer)
            let days = Double(CertificateLifetime.graceDays)
            return .expired(
                fingerprint: peer.fingerprint,
                notBefore: time.addingTimeInterval(-days * 86_400)
            )
        default: throw CoordinatorError(.malformed, "either a token or an expired certificate")
        }
    }

    private func admission(
        of holder: CertificateHolder,
        _ chain: String,
        _ authority: CertificateAuthority
    ) async throws -> EnrolmentResponse {
        let service = await service()
        return EnrolmentResponse(
            siteID: holder.id,
            federation: authority.federation,
            party: authority.party(holder).uri,
            certificateChain: chain,
            rootCertificate: try authority.root.serializeAsPEM().pemString,
            serviceHost: service.host,
            servicePort: service.port,
            rootAnnouncement: try roots().announcement()
        )
    }
}

extension CertificateAuthority {
    /// A holder as its certificate names it.
    func party(_ holder: CertificateHolder) -> Party {
        Party(federation: federation, role: holder.role)
    }
}

extension CertificateRecord {
    /// The record of a certificate that was issued for a request.
    init(_ issued: IssuedCertificate, of request: CertificateRequest) {
        self.init(
            fingerprint: issued.fingerprint,
            keySHA256: request.keySHA256,
            chain: issued.chainPEM,
            notValidAfter: issued.notValidAfter
        )
    }
}
