/// What face removal did to a study: lengths and volumes only.
package struct FaceRemovalReport: Hashable, Sendable, Codable {
    /// What was done.
    package enum Outcome: String, Hashable, Sendable, Codable, CaseIterable {
        /// Face and ears were removed.
        case removed
        /// The scan ends above the orbits, or shows the trunk alone; nothing to remove.
        case noFaceInScan = "no-face-in-scan"
        /// Too few slices lie together for a surface; there is nothing a face could be seen on.
        case noSurface = "no-surface"
        /// All but the contents of the skull was removed.
        case brainOnly = "brain-only"
    }

    /// A part of the face.
    package enum Part: String, Hashable, Sendable, Codable, CaseIterable, CodingKeyRepresentable {
        case nose, lips, chin, eyes, ears
    }

    /// What was done.
    package let outcome: Outcome
    /// The volume of tissue that was removed, in mL.
    package let removedML: Double
    /// The volume of the skull's contents, in mL.
    package let cavityML: Double
    /// The area in cm² over which there is no bone between brain and scalp (craniectomy, sutures).
    package let openSkullCM2: Double
    /// The least distance in mm between the old surface of a part and all that is left.
    ///
    /// Parts outside the scan are missing.
    package let distancesMM: [Part: Double]

    /// The report on slices in which there is nothing to remove.
    static func untouched(_ outcome: Outcome) -> FaceRemovalReport {
        FaceRemovalReport(
            outcome: outcome,
            removedML: 0,
            cavityML: 0,
            openSkullCM2: 0,
            distancesMM: [:]
        )
    }
}
