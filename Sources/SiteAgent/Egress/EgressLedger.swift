/// Where every message that leaves is recorded; a message that cannot be recorded is not sent.
package protocol EgressLedger: Sendable {
    /// Records an entry durably.
    func record(_ entry: EgressEntry) async throws
}
