import GRDB

/// A site as the register knows it.
package struct SiteRow: Sendable, Hashable, Codable, FetchableRecord {
    /// Its id.
    package let id: String
    /// Its name for people.
    package let name: String
    /// `invited`, `active` or `revoked`.
    package let status: String
    /// SHA-256 of its certificate.
    package let fingerprint: String?
    /// The end of the certificate's validity, milliseconds since 1970.
    package let notValidAfterMilliseconds: Int64?
    /// The version its agent had at enrolment.
    package let softwareVersion: String?
    /// What it says about itself, as JSON.
    package let description: String?
}
