/// The growing end of a log: turns entries into linked records.
package struct AuditChain: Sendable, Hashable {
    /// The name of the log.
    package let log: String
    /// Where it ends now.
    package private(set) var head: AuditHead

    /// The end of a log that is already this long.
    package init(log: String, head: AuditHead = .empty) {
        self.log = log
        self.head = head
    }

    /// Links the next record and returns what is to be stored.
    package mutating func append(
        _ entry: AuditEntry,
        at stamp: AuditStamp
    ) throws(AuditLogError) -> StoredAuditLeaf {
        let record = try AuditRecord(
            log: log,
            sequence: head.size,
            stamp: stamp,
            previous: head.hash,
            entry: entry
        )
        let leaf = record.leaf
        let stored = StoredAuditLeaf(
            sequence: head.size,
            leaf: leaf,
            hash: LeafHash.of(leaf)
        )
        head = AuditHead(size: head.size + 1, hash: stored.hash)
        return stored
    }
}
