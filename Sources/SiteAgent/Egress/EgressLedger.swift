package import SiteStore

/// Where every message that leaves is recorded; a message that cannot be recorded is not sent.
package protocol EgressLedger: Sendable {
    /// Records an entry durably.
    func append(_ record: EgressRecord) async throws
}

extension SiteStore: EgressLedger {}
