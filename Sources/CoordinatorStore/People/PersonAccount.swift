/// An account at an identity provider.
package struct PersonAccount: Sendable, Hashable, Codable {
    /// The provider's issuer identifier.
    package let issuer: String
    /// The subject's identifier there; may be personal, so that no log holds it.
    package let subject: String

    /// Names an account.
    package init(issuer: String, subject: String) {
        self.issuer = issuer
        self.subject = subject
    }
}
