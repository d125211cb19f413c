package import Federation

/// A run that the operator started and the server has not taken up.
package struct QueuedRun: Sendable, Hashable {
    /// Its id.
    package let id: RunID
    /// The plan's digest.
    package let planSHA256: SHA256Digest
    /// The plan's canonical document.
    package let planDocument: [UInt8]
    /// The model that round 1 starts from.
    package let initialModel: SHA256Digest
    /// The sites that are asked.
    package let sites: [SiteID]
}
