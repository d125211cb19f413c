import AuditLog
import CoordinatorStore
package import Foundation
import Identity
import X509

/// The federation's authority on one page: its roots, its issuing key, and who still needs a former root.
package struct AuthorityStatus: Sendable, Hashable, Codable {
    /// A certificate of the authority.
    package struct Line: Sendable, Hashable, Codable {
        /// Its name.
        package let name: String
        /// SHA-256 over its SubjectPublicKeyInfo.
        package let keySHA256: String
        /// The end of its validity, milliseconds since 1970.
        package let notValidAfterMilliseconds: Int64

        init(_ certificate: Certificate) {
            name = "\(certificate.subject)".replacing("CN=", with: "")
            keySHA256 = CertificateAuthority.fingerprint(ofKeyIn: certificate)
            let end = certificate.notValidAfter.timeIntervalSince1970
            notValidAfterMilliseconds = Int64(end * 1000)
        }
    }

    /// The root under which certificates are issued.
    package let root: Line
    /// The root before; nil unless an exchange is under way.
    package let formerRoot: Line?
    /// The certificate that signs leaves.
    package let issuing: Line
    /// Who holds a certificate under the former root only.
    package let behind: [RootExchange.Holder]

    /// The page.
    package var text: String {
        var lines = ["root         \(Self.text(root))"]
        if let formerRoot { lines.append("former root  \(Self.text(formerRoot))") }
        lines.append("issuing key  \(Self.text(issuing))")
        guard formerRoot != nil else { return lines.joined(separator: "\n") }
        lines += behind.map { holder in
            "not yet      \(holder.kind) \(holder.id), certified until"
                + " \(CivilTime.text(milliseconds: holder.notValidAfterMilliseconds))"
        }
        lines.append(
            behind.isEmpty
                ? "next         everybody has changed over: `fedcoordinator ca retire-root`"
                : "next         wait for these, or call them: their agents change over when connected"
        )
        return lines.joined(separator: "\n")
    }

    private static func text(_ line: Line) -> String {
        let end = CivilTime.text(milliseconds: line.notValidAfterMilliseconds)
        return "\(line.name), key \(line.keySHA256.prefix(16)), until \(end)"
    }
}

extension FederationOperator {
    /// How the federation's authority stands.
    package func authorityStatus(at now: Date) async throws -> AuthorityStatus {
        let roots = try FederationRoots(of: folder)
        return AuthorityStatus(
            root: .init(roots.current),
            formerRoot: roots.former.map { .init($0) },
            issuing: .init(try authority().issuing),
            behind: try await RootExchange(self).behind(at: now)
        )
    }

    /// Records that a new issuing key was taken into use.
    package func recordIssuingKey() async throws {
        let key = CertificateAuthority.fingerprint(ofKeyIn: try authority().issuing)
        try await store.record(
            AuditEntry(
                .issuingRotate,
                by: AuditActor(.operator, "operator"),
                on: AuditObject("key", "issuing", sha256: key)
            )
        )
    }
}
