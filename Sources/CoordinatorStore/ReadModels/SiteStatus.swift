/// How far a site's admission has come.
package enum SiteStatus: String, Sendable, Hashable, Codable, CaseIterable {
    /// An invite was made.
    case invited
    /// It has a certificate and may take part.
    case enrolled
    /// The operator has also compared its fingerprint.
    case approved
    /// It is out for good.
    case revoked
}
