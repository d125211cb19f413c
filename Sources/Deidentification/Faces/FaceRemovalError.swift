/// Why no face was removed; the study must be held back.
package struct FaceRemovalError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The machine-readable reason; the raw value is stable.
    package enum Code: String, Hashable, Sendable, Codable, CaseIterable {
        /// Fewer slices, or farther apart, than a volume needs.
        case tooFewSlices = "face-too-few-slices"
        /// No cavity of a skull of plausible size was found.
        case noCranialCavity = "face-no-cranial-cavity"
        /// The lower head is in the scan but its orbits were not recognized.
        case noOrbits = "face-no-orbits"
        /// Part of the face would remain closer to its old surface than 10 mm.
        case faceRemains = "face-remains"
    }

    /// The reason.
    package let code: Code
    /// What happened, in words and lengths without any value of a header.
    package let detail: String

    init(_ code: Code, _ detail: String) {
        self.code = code
        self.detail = detail
    }

    package var description: String { "\(code.rawValue): \(detail)" }
}
