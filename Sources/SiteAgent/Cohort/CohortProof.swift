import AuditLog
import CanonicalJSON
package import SiteStore

/// What shows an auditor that one exam is in a frozen cohort, without the other exams: a Merkle
/// inclusion proof (RFC 6962 section 2.1.1) of the exam's leaf under the cohort's fingerprint.
package struct CohortProof: Sendable, Hashable, Codable {
    /// The form of this document.
    package static let form = "federated-head-ct/cohort-proof/1"

    /// ``form``.
    package let format: String
    /// The cohort's version.
    package let cohort: Int
    /// The cohort's fingerprint, 64 hexadecimal digits.
    package let fingerprint: String
    /// The number of exams.
    package let exams: Int
    /// The exam's place among them, ascending by study UID, from 0.
    package let index: Int
    /// The exam's new Study Instance UID.
    package let study: String
    /// The exam's leaf hash.
    package let leaf: String
    /// The hashes of the neighbours on the way to the root, lowest first.
    package let path: [String]
    /// What the leaf is the hash of, as canonical JSON: files, masks and labels by digest and value;
    /// nil if the exam has changed or left since.
    package let entry: String?

    /// Proves that a study is in a frozen cohort of these exams; nil if it is not.
    ///
    /// `row` is the exam as the catalogue has it now, if it is still there.
    package init?(of study: String, in cohort: CohortRow, exams: [CohortExam], row: ExamRow?) {
        let sorted = exams.sorted { $0.studyUID < $1.studyUID }
        let tree = CohortFingerprint.tree(sorted)
        guard let index = sorted.firstIndex(where: { $0.studyUID == study }),
            let path = tree.inclusionProof(index: index, size: tree.size)
        else { return nil }
        format = Self.form
        self.cohort = cohort.version
        fingerprint = cohort.fingerprint
        self.exams = sorted.count
        self.index = index
        self.study = study
        leaf = sorted[index].leaf
        self.path = path.map(\.hex)
        let bytes = row.flatMap { try? CanonicalEncoder().encode($0) }
        entry = bytes.flatMap { MerkleHash.leaf($0).hex == sorted[index].leaf ? $0 : nil }
            .map { String(decoding: $0, as: UTF8.self) }
    }

    /// Whether the exam is in the cohort of this fingerprint, which the auditor has from elsewhere,
    /// and the entry, where there is one, is what the leaf stands for.
    package func holds(under fingerprint: String) -> Bool {
        let hashes = path.compactMap(MerkleHash.init(hex:))
        guard format == Self.form, hashes.count == path.count,
            let root = MerkleHash(hex: fingerprint), let leaf = MerkleHash(hex: leaf),
            entry.map({ MerkleHash.leaf(Array($0.utf8)) == leaf }) ?? true
        else { return false }
        return MerkleProof.verifiesInclusion(
            of: leaf,
            index: Int64(index),
            size: Int64(exams),
            root: root,
            proof: hashes
        )
    }
}
