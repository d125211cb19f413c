/// When an act was recorded: wall time to read, and process and monotonic time to order.
package struct AuditStamp: Sendable, Hashable {
    /// Milliseconds since 1970-01-01 UTC.
    package var milliseconds: Int64
    /// The process that wrote, 16 hexadecimal digits drawn at its start.
    package var boot: String
    /// Milliseconds since that process started.
    package var monotonicMilliseconds: Int64

    /// A moment.
    package init(milliseconds: Int64, boot: String, monotonicMilliseconds: Int64) {
        self.milliseconds = milliseconds
        self.boot = boot
        self.monotonicMilliseconds = monotonicMilliseconds
    }
}
