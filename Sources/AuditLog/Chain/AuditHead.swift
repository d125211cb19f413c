/// How long a log is and where it ends: what an outsider remembers to notice a lost tail.
package struct AuditHead: Sendable, Hashable, Codable {
    /// The number of records.
    package var size: Int64
    /// The leaf hash of the last record; 64 zeros for an empty log.
    package var hash: String

    /// The head of an empty log.
    package static let empty = AuditHead(size: 0, hash: LeafHash.beforeFirst)

    /// A head.
    package init(size: Int64, hash: String) {
        self.size = size
        self.hash = hash
    }
}
