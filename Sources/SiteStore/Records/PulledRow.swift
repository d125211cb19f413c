import GRDB

/// An instance that was fetched from a PACS: keyed name, and keyed digest of what the PACS said of it.
package struct PulledRow: Sendable, Hashable, Codable, FetchableRecord {
    /// The keyed name of its SOP Instance UID.
    package let name: String
    /// Another fingerprint is a changed instance.
    package let fingerprint: String

    /// An instance.
    package init(name: String, fingerprint: String) {
        self.name = name
        self.fingerprint = fingerprint
    }
}
