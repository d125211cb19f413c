package import AuditLog

/// The key that signs the log, and during a rotation the one before it.
package struct LogSigners: Sendable {
    /// Signs.
    package let current: NoteSigner
    /// Signs too.
    package let former: NoteSigner?

    /// The checkpoint with the signature of each.
    func sign(_ checkpoint: Checkpoint) throws(AuditLogError) -> SignedNote {
        var note = try checkpoint.signed(by: current)
        if let former { try note.sign(with: former) }
        return note
    }

    /// Whether one of them signed a note.
    func signed(_ note: SignedNote) -> Bool {
        note.isSigned(by: current.key) || (former.map { note.isSigned(by: $0.key) } ?? false)
    }
}
