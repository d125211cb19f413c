/// An instance that a server has, as the site remembers it: keyed names only.
package struct PulledInstance: Sendable, Hashable {
    /// The keyed name of its SOP Instance UID.
    package let name: String
    /// The keyed digest of what the server says about it; another one is a changed instance.
    package let fingerprint: String

    /// An instance.
    package init(name: String, fingerprint: String) {
        self.name = name
        self.fingerprint = fingerprint
    }
}

/// What a site remembers of pulls, so that nothing is fetched twice and every request is on record.
package protocol PullMemory: Sendable {
    /// The keyed digest of a text, in hexadecimal.
    func digest(_ text: String) -> String
    /// The fingerprints of those instances that were fetched, by name.
    func fingerprints(of names: [String]) async throws -> [String: String]
    /// Remembers instances that lie in the inbox, and records requests that were sent; durable when this returns.
    func remember(_ instances: [PulledInstance], requests: [RequestKind: Int]) async throws
}
