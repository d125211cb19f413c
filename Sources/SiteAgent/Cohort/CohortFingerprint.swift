import AuditLog
import CanonicalJSON
import Federation
import HeadCT
package import SiteStore

/// The fingerprint of a cohort: the Merkle tree hash (RFC 6962 section 2.1) over its exams,
/// ascending by study UID, so that one exam can be shown to belong to it without the others.
package struct CohortFingerprint: Sendable, Hashable {
    /// The exams, ascending by study UID.
    package let exams: [CohortExam]
    /// The root, 64 hexadecimal digits.
    package let root: String

    /// Takes the fingerprint of the catalogue's exams, in any order.
    package init(_ rows: [ExamRow]) throws {
        self.init(
            try rows.map { row in
                CohortExam(
                    studyUID: row.studyUID,
                    patient: row.patient,
                    leaf: MerkleHash.leaf(try CanonicalEncoder().encode(row)).hex,
                    slices: row.slices,
                    positive: try ExamRecord(of: row).labels?.values[.any]
                )
            }
        )
    }

    /// Takes the fingerprint of exams whose leaves are known, in any order.
    package init(_ exams: [CohortExam]) {
        self.exams = exams.sorted { $0.studyUID < $1.studyUID }
        let leaves = self.exams.compactMap { SHA256Digest(rawValue: $0.leaf) }
        root = Self.root(of: leaves[...]).rawValue
    }

    private static func root(of leaves: ArraySlice<SHA256Digest>) -> SHA256Digest {
        guard let first = leaves.first else { return SHA256Digest(hashing: [UInt8]()) }
        guard leaves.count > 1 else { return first }
        var width = 1
        while width * 2 < leaves.count { width *= 2 }
        let middle = leaves.startIndex + width
        return SHA256Digest(
            hashing: [1] + root(of: leaves[..<middle]).bytes + root(of: leaves[middle...]).bytes
        )
    }
}
