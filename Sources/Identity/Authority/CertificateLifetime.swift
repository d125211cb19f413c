package import Foundation

/// How long certificates live, and when they are renewed (Protocol.md sections 3, 5.1.2 and 5.11).
package enum CertificateLifetime {
    /// Of a root certificate, in days.
    package static let rootDays = 3650
    /// Of an issuing certificate, in days.
    package static let issuingDays = 1825
    /// Of a leaf, in days.
    package static let leafDays = 30
    /// The age in days from which a leaf is renewed.
    package static let renewalDays = 10
    /// How long a renewed leaf can still be used, in seconds.
    package static let overlapSeconds = 24.0 * 3600
    /// How long after its end a leaf still lets its owner apply for a new one, in days.
    package static let graceDays = 180
    /// How long an application waits for approval, in days.
    package static let applicationDays = 7

    /// When a leaf that ends then is due for renewal.
    package static func renewal(ofLeafEnding end: Date) -> Date {
        end.addingTimeInterval(Double(renewalDays - leafDays) * 86_400)
    }
}
