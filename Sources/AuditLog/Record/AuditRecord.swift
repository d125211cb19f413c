/// One line of an audit log: an entry with its number, its time and its link to the line before.
///
/// Its leaf, the RFC 8785 bytes of one JSON object of integers and short codes, is stored as it is
/// and hashed as stored; it is never made again to verify.
package struct AuditRecord: Sendable, Hashable {
    /// The version of the layout that this program writes and reads.
    package static let version: Int64 = 1

    /// The log it belongs to, as `demo/coordinator`.
    package let log: String
    /// Its number, from 0 without gaps.
    package let sequence: Int64
    /// When it was written.
    package let stamp: AuditStamp
    /// The leaf hash of the record before; 64 zeros for the first.
    package let previous: MerkleHash
    /// What it says.
    package let entry: AuditEntry

    /// A record; throws `invalidField` where a value is free text or not well formed.
    package init(
        log: String,
        sequence: Int64,
        stamp: AuditStamp,
        previous: MerkleHash,
        entry: AuditEntry
    ) throws(AuditLogError) {
        self.log = log
        self.sequence = sequence
        self.stamp = stamp
        self.previous = previous
        self.entry = entry
        try validate()
    }

    private func validate() throws(AuditLogError) {
        let tokens: [(String, String?)] = [
            ("log", log), ("actor.id", entry.actor.id), ("on.kind", entry.object?.kind),
            ("on.id", entry.object?.id), ("study", entry.study), ("corr", entry.correlation),
            ("why", entry.reason), ("old", entry.old), ("new", entry.new),
            ("see.log", entry.sighting?.log),
        ]
        for case (let field, let value?) in tokens where !AuditField.isToken(value) {
            throw AuditLogError(.invalidField, field: field)
        }
        let digests: [(String, String?, Int)] = [
            ("boot", stamp.boot, 16),
            ("actor.cert", entry.actor.certificate, 64), ("on.sha256", entry.object?.sha256, 64),
            ("see.root", entry.sighting?.root, 64),
        ]
        for case (let field, let value?, let digits) in digests
        where !AuditField.isHex(value, digits: digits) {
            throw AuditLogError(.invalidField, field: field)
        }
        let numbers: [(String, Int64)] = [
            ("seq", sequence), ("t", stamp.milliseconds), ("mono", stamp.monotonicMilliseconds),
            ("round", Int64(entry.round ?? 0)), ("n", Int64(entry.count ?? 0)),
            ("see.size", entry.sighting?.size ?? 0),
        ]
        for (field, value) in numbers where !(0...9_007_199_254_740_991).contains(value) {
            throw AuditLogError(.invalidField, field: field)
        }
    }
}
