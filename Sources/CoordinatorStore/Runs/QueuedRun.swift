package import Federation

/// A run that the operator started and that is to be taken up.
package struct QueuedRun: Sendable, Hashable {
    /// The run.
    package let id: RunID
    /// Whether it was taken up already.
    package let isTakenUp: Bool
    /// The digest of its plan.
    package let planSHA256: SHA256Digest
    /// The plan's canonical bytes.
    package let planDocument: [UInt8]
    /// The model the first round starts from.
    package let initialModel: SHA256Digest
    /// The sites that are asked, ascending.
    package let sites: [SiteID]
}
