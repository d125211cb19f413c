/// A checkpoint of the other party's log that was checked and remembered: what binds the two logs.
package struct AuditSighting: Sendable, Hashable {
    /// The name of the other log.
    package let log: String
    /// Its size.
    package let size: Int64
    /// Its root, 64 hexadecimal digits.
    package let root: String

    /// What was seen.
    package init(_ checkpoint: Checkpoint) {
        log = checkpoint.origin
        size = checkpoint.size
        root = checkpoint.root.hex
    }

    init(log: String, size: Int64, root: String) {
        self.log = log
        self.size = size
        self.root = root
    }
}
