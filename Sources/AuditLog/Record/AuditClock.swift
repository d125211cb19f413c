/// Where the stamps of audit records come from; a parameter, so that tests fix the time.
package protocol AuditClock: Sendable {
    /// The stamp of now.
    func stamp() -> AuditStamp
}
