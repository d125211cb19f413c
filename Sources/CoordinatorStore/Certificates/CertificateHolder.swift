package import AuditLog
import GRDB

/// Who certificates, invites and applications are of: a site, or a person in a role.
package struct CertificateHolder: Sendable, Hashable {
    /// What kind of party.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case site
        case `operator`
        case researcher
        case auditor
    }

    /// What kind of party.
    package let kind: Kind
    /// The site's or person's id.
    package let id: String

    /// Names a holder.
    package init(_ kind: Kind, _ id: String) {
        self.kind = kind
        self.id = id
    }

    /// Reads the columns `kind` and `holder`.
    init(_ row: Row) {
        let kind: String = row["kind"]
        self.init(Kind(rawValue: kind) ?? .site, row["holder"])
    }

    /// As the object of an audit record.
    var object: AuditObject { AuditObject(kind == .site ? "site" : "person", id) }

    /// As the actor of an audit record.
    package func actor(certificate: String? = nil) -> AuditActor {
        let kind: AuditActor.Kind =
            switch kind {
            case .site: .site
            case .operator: .operator
            case .researcher: .researcher
            case .auditor: .auditor
            }
        return AuditActor(kind, id, certificate: certificate)
    }
}
