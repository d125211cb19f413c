/// Where a log ends: what the next record is numbered by and linked to.
package struct LogEnd: Sendable, Hashable {
    /// The number of records.
    package private(set) var size: Int64
    /// The leaf hash of the last record; 32 zero bytes for an empty log.
    package private(set) var last: MerkleHash

    /// The end of an empty log.
    package static let empty = LogEnd(size: 0, last: .zero)

    /// The end of a log of this size.
    package init(size: Int64, last: MerkleHash) {
        self.size = size
        self.last = last
    }

    /// Numbers and links the next record of a log and returns what is to be stored.
    package mutating func append(
        _ entry: AuditEntry,
        to log: String,
        at stamp: AuditStamp
    ) throws(AuditLogError) -> StoredAuditLeaf {
        let record = try AuditRecord(
            log: log,
            sequence: size,
            stamp: stamp,
            previous: last,
            entry: entry
        )
        let leaf = record.leaf
        let stored = StoredAuditLeaf(sequence: size, leaf: leaf, hash: .leaf(leaf))
        self = LogEnd(size: size + 1, last: stored.hash)
        return stored
    }
}
