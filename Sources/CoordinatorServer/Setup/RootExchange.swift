import AuditLog
import CoordinatorStore
package import Foundation
package import Identity
import WireProtocol
package import X509

/// Exchanges the federation's root for the one that follows, and retires the old one (`fedcoordinator ca`).
package struct RootExchange: Sendable {
    /// Who holds a certificate that leads to the former root only.
    package struct Holder: Sendable, Hashable, Codable {
        /// `site`, `operator`, `researcher` or `auditor`.
        package let kind: String
        /// Its id.
        package let id: String
        /// The end of the certificate, milliseconds since 1970.
        package let notValidAfterMilliseconds: Int64
    }

    private let folder: CoordinatorFolder
    private let store: CoordinatorStore

    /// Works on the folder of an operator.
    package init(_ operation: FederationOperator) {
        folder = operation.folder
        store = operation.store
    }

    /// Takes a new root and an issuing certificate under it into use; the old root is gone by until it is retired.
    ///
    /// A coordinator that serves takes them up by itself.
    /// - Throws: `IdentityError` unless the present root vouches for the new one and that signed the
    ///   issuing certificate; ``CoordinatorError`` if an exchange is under way already.
    package func begin(
        _ handover: RootHandover,
        issuing: Certificate,
        at now: Date
    ) async throws {
        let roots = try FederationRoots(of: folder)
        // The same again goes on where it was cut off.
        guard roots.former == nil || roots.handover?.root == handover.root else {
            throw CoordinatorError(
                .conflict,
                "the root before is not retired yet: `fedcoordinator ca status`, then `ca retire-root`"
            )
        }
        let former = roots.former ?? roots.current
        guard handover.isVouchedFor(by: former, at: now) else {
            throw IdentityError(
                .untrustedRoot,
                "the federation's present root does not vouch for the new one"
            )
        }
        // First what lets the old root go on being trusted; a crash in between changes nothing for anybody.
        try handover.write(to: folder.handover)
        try FederationSetup.install(
            issuing,
            root: handover.root,
            following: former,
            in: folder,
            at: now
        )
        try await store.record(
            AuditEntry(
                .rootRotate,
                by: AuditActor(.operator, "operator"),
                on: AuditObject("root", "federation", sha256: Self.fingerprint(handover.root)),
                old: Self.fingerprint(former),
                new: Self.fingerprint(handover.root)
            )
        )
    }

    /// Goes by the former root no more.
    ///
    /// - Returns: the holders that are left behind: they have to be invited anew.
    /// - Throws: ``CoordinatorError`` `conflict` naming them, unless they may be left behind.
    package func retire(leavingBehind: Bool, at now: Date) async throws -> [Holder] {
        let roots = try FederationRoots(of: folder)
        guard let former = roots.former else {
            throw CoordinatorError(.notFound, "no former root is gone by")
        }
        let behind = try await holdersBehind(at: now)
        guard behind.isEmpty || leavingBehind else {
            let names = behind.map { "\($0.kind) \($0.id)" }.joined(separator: ", ")
            throw CoordinatorError(
                .conflict,
                "still certified under the former root: \(names). Their agents change over within"
                    + " minutes of being connected; --leave-behind goes on without them, and each"
                    + " needs a new invite then"
            )
        }
        try FileManager.default.removeItem(at: folder.formerRoot)
        try? FileManager.default.removeItem(at: folder.handover)
        try await store.endCertificates(of: behind.map(\.fingerprintKey))
        try await store.record(
            AuditEntry(
                .rootRetire,
                by: AuditActor(.operator, "operator"),
                on: AuditObject("root", "federation", sha256: Self.fingerprint(former)),
                count: behind.count
            )
        )
        return behind.map(\.holder)
    }

    /// The holders of standing certificates that lead to the former root only, by kind and id.
    package func behind(at now: Date) async throws -> [Holder] {
        try await holdersBehind(at: now).map(\.holder)
    }

    private struct Behind {
        let holder: Holder
        let fingerprintKey: String
        var kind: String { holder.kind }
        var id: String { holder.id }
    }

    private func holdersBehind(at now: Date) async throws -> [Behind] {
        let roots = try FederationRoots(of: folder)
        guard roots.former != nil else { return [] }
        return try await store.latestCertificates(at: now).compactMap { held in
            let chain = held.chain.flatMap { try? CertificateFile.parse($0) } ?? []
            if chain.count == 2,
                roots.current.publicKey.isValidSignature(chain[1].signature, for: chain[1])
            {
                return nil
            }
            return Behind(
                holder: Holder(
                    kind: held.holder.kind.rawValue,
                    id: held.holder.id,
                    notValidAfterMilliseconds: held.notValidAfterMilliseconds
                ),
                fingerprintKey: held.fingerprint
            )
        }
    }

    private static func fingerprint(_ root: Certificate) -> String {
        CertificateAuthority.fingerprint(ofKeyIn: root)
    }
}
