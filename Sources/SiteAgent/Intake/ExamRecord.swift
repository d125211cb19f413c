package import HeadCT

/// What is stored of an exam beside its files: labels under the new identifiers, and which slices have masks.
package struct ExamRecord: Sendable, Hashable, Codable {
    /// A slice's file and what is known of it.
    package struct Slice: Sendable, Hashable, Codable {
        /// The new SOP Instance UID; the file is `<uid>.dcm`.
        package var sopInstanceUID: String
        /// Labels of the slice, if any.
        package var labels: SliceLabels?
        /// SHA-256 of that file.
        package var sha256: String
        /// SHA-256 of its mask `<uid>.png`; nil where there is none.
        package var maskSHA256: String?
    }

    /// The exam's labels, if any.
    package var labels: ExamLabels?
    /// The Merkle root of the study's manifest; nil in records of versions that made none.
    package let manifestRoot: String?
    /// The slices in the order of their position.
    package var slices: [Slice]

    /// Makes the record of a study that was let into the cohort.
    package init(_ study: AdmittedStudy, labels: ExamLabels?, slices: [Slice]) {
        manifestRoot = study.manifestRoot
        self.labels = labels
        self.slices = slices
    }
}
