import AuditLog
import CanonicalJSON
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
        let tree = Self.tree(self.exams)
        root = tree.root(size: tree.size).hex
    }

    /// The tree over exams in their order.
    static func tree(_ exams: [CohortExam]) -> MerkleTree {
        MerkleTree(exams.compactMap { MerkleHash(hex: $0.leaf) })
    }
}
