package import CanonicalJSON
package import Federation
package import Foundation

/// A site as the operator sees it.
package struct SiteSummary: Sendable, Hashable {
    /// The site.
    package let id: SiteID
    /// Its name for people.
    package let name: String
    /// How far its admission has come.
    package let status: SiteStatus
    /// The agent's version, as last told.
    package let softwareVersion: String?
    /// What the site says about itself (Protocol.md section 5.3); nil before it did.
    package let metadata: JSONValue?
    /// When it enrolled.
    package let enrolledAt: Date?
    /// The fingerprint of its certificate in force.
    package let fingerprint: String?
    /// The end of that certificate.
    package let certificateEnds: Date?
}
