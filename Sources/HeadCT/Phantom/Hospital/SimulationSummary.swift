/// What a simulated hospital was made of: counts for people, the truth for tests.
package struct SimulationSummary: Sendable, Hashable, Codable {
    /// The truth about one exam.
    package struct Exam: Sendable, Hashable, Codable {
        /// The original Study Instance UID.
        package let studyInstanceUID: String
        /// The patient's age in years.
        package let ageYears: Double
        /// Presence by type, as drawn in the masks.
        package let labels: [HaemorrhageType: Bool]
        /// Circumstances.
        package let context: [ExamContext]
        /// The total volume before any scanner, in mL.
        package let analyticML: Double
        /// The total volume summed from the fractions of voxels, in mL.
        package let voxelML: Double
        /// The stratum of the voxel volume, from 0; nil for negatives.
        package let stratum: Int?
        /// The number of axial slices.
        package let sliceCount: Int
    }

    /// The exams in the order of their dates.
    package var exams: [Exam] = []
    /// Files written, by folder: dicom, labels, masks.
    package var fileCounts: [String: Int] = [:]
    /// The bytes of all files.
    package var byteCount = 0
    /// Localizers, dose pages and slices with burned-in names: what series selection must refuse.
    package var refusableObjects = 0

    /// The number of axial slices.
    package var sliceCount: Int { exams.reduce(0) { $0 + $1.sliceCount } }
    /// The number of exams with haemorrhage.
    package var positiveCount: Int { exams.count { $0.labels[.any] == true } }

    /// The number of positive exams in each of so many strata.
    package func strataCounts(_ strata: Int) -> [Int] {
        (0..<strata).map { stratum in exams.count { $0.stratum == stratum } }
    }
}
