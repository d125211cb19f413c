package import SiteStore

/// Where every message that leaves is recorded; a message that cannot be recorded is not sent.
package protocol EgressLedger: Sendable {
    /// Records an entry durably.
    func append(_ record: EgressRecord) async throws
    /// Records that a message of a kind was not let out, and why, as a code.
    func recordRefusal(of kind: String, plan: String?, reason: String) async throws
}

extension SiteStore: EgressLedger {}
