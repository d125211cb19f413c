/// What an intact log shows.
package struct AuditVerdict: Sendable, Hashable {
    /// Where the log ends.
    package let head: AuditHead
    /// Records whose wall time lies before that of the record before, written by one process.
    ///
    /// No proof of tampering (a clock was set), but an auditor wants to see them.
    package let clockSetBack: [Int64]
}
