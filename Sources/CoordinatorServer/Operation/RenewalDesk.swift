package import CoordinatorStore
package import Foundation
package import Identity
import SwiftASN1
package import WireProtocol
import X509

/// Gives the holder of a valid certificate the next one (Protocol.md section 5.12).
package struct RenewalDesk: Sendable {
    private let store: CoordinatorStore
    private let authority: @Sendable () throws -> CertificateAuthority
    private let now: @Sendable () -> Date

    /// Renews under `authority`.
    package init(
        store: CoordinatorStore,
        authority: @escaping @Sendable () throws -> CertificateAuthority,
        now: @escaping @Sendable () -> Date
    ) {
        self.store = store
        self.authority = authority
        self.now = now
    }

    /// Issues the next certificate; the same key gets the same one again.
    ///
    /// - Throws: ``CoordinatorError`` `malformed` or `conflict`.
    package func renew(
        _ message: CertificateRenewal,
        of peer: PeerCertificate,
        _ holder: CertificateHolder
    ) async throws -> RenewedCertificate {
        let wish: CertificateRequest
        do throws(IdentityError) {
            wish = try CertificateRequest(pem: message.certificateRequest)
        } catch {
            throw CoordinatorError(.malformed, "\(holder.id): \(error)")
        }
        let authority = try authority()
        if let known = try await store.renewal(of: peer.fingerprint, keySHA256: wish.keySHA256) {
            return try answer(known, authority)
        }
        guard try await !store.isCertified(keySHA256: wish.keySHA256) else {
            throw CoordinatorError(.malformed, "\(holder.id): the key was certified before")
        }
        let time = now()
        let issued = try authority.issue(to: holder.role, wish, at: time)
        let record = CertificateRecord(issued, of: wish)
        do {
            try await store.renew(
                peer.fingerprint,
                with: record,
                overlapEnd: time.addingTimeInterval(CertificateLifetime.overlapSeconds)
            )
        } catch let error as CoordinatorStoreError where error.code == .conflict {
            throw CoordinatorError(.conflict, "\(holder.id): \(error)")
        }
        return try answer(record, authority)
    }

    private func answer(
        _ record: CertificateRecord,
        _ authority: CertificateAuthority
    ) throws -> RenewedCertificate {
        RenewedCertificate(
            certificateChain: record.chain,
            rootCertificate: try authority.root.serializeAsPEM().pemString,
            notValidAfterMilliseconds: Int64(record.notValidAfter.timeIntervalSince1970 * 1000)
        )
    }
}
