/// Who acted.
package struct AuditActor: Sendable, Hashable {
    /// What kind of party.
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case coordinator
        case site
        case `operator`
        case researcher
        case auditor
        case admin
        case policy
    }

    /// What kind of party.
    package var kind: Kind
    /// Its id; never a person's name.
    package var id: String
    /// The SHA-256 of its certificate, 64 hexadecimal digits.
    package var certificate: String?

    /// A party.
    package init(_ kind: Kind, _ id: String, certificate: String? = nil) {
        self.kind = kind
        self.id = id
        self.certificate = certificate
    }
}
