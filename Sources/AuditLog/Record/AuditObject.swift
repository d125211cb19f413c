/// What was acted on.
package struct AuditObject: Sendable, Hashable {
    /// What kind of thing, one word as `update`.
    package var kind: String
    /// Its id, as `run/round/site`; at a site never an original identifier.
    package var id: String
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    package var sha256: String?

    /// A thing.
    package init(_ kind: String, _ id: String, sha256: String? = nil) {
        self.kind = kind
        self.id = id
        self.sha256 = sha256
    }
}
