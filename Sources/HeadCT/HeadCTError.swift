/// A series, label table, mask or contract that cannot be used, and why.
///
/// The context names attributes, counts, row numbers and offsets; it never holds an identifier or
/// another value of a patient.
package struct HeadCTError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The machine-readable reason; raw values are stable and kebab-case.
    package enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        // A series as a volume.
        case noSlices = "no-slices"
        case missingAttribute = "missing-attribute"
        case invalidAttribute = "invalid-attribute"
        case inconsistentOrientation = "inconsistent-orientation"
        case inconsistentSpacing = "inconsistent-spacing"
        case inconsistentSize = "inconsistent-size"
        case duplicateInstance = "duplicate-instance"
        case duplicatePosition = "duplicate-position"
        case notGrayscale = "not-grayscale"
        case multiFrame = "multi-frame"
        case maskSizeMismatch = "mask-size-mismatch"
        case invalidContract = "invalid-contract"
        // Files.
        case unreadableFile = "unreadable-file"
        case missingFile = "missing-file"
        case truncated
        case tooLarge = "too-large"
        case damagedCompression = "damaged-compression"
        case malformedCSV = "malformed-csv"
        case missingColumn = "missing-column"
        case malformedPNG = "malformed-png"
        case unsupportedPNG = "unsupported-png"
        case malformedNIfTI = "malformed-nifti"
        case unsupportedNIfTI = "unsupported-nifti"
        case malformedSegmentation = "malformed-segmentation"
        case unsupportedSegmentation = "unsupported-segmentation"
        case unknownMaskClass = "unknown-mask-class"
    }

    /// What kind of problem it is.
    package let code: Code

    /// What it concerns and what to do, without a value of a patient.
    package let context: String

    /// Makes an error.
    package init(_ code: Code, _ context: String) {
        self.code = code
        self.context = context
    }

    package var description: String { "\(code.rawValue): \(context)" }
}
