package import Deidentification

/// What a run came to.
package struct RunSummary: Codable, Sendable {
    /// Inputs.
    package let files: Int
    /// Inputs whose de-identified copy was written.
    package let released: Int
    /// Inputs that are copies of others.
    package let duplicates: Int
    /// Inputs that are held back.
    package let quarantined: Int
    /// Inputs that a former run had done.
    package let alreadyDone: Int
    /// Studies in the output.
    package let studies: Int
    /// How often each reason occurs.
    package let reasons: [DeidentificationReport.Tally]
    /// How long the run took.
    package let seconds: Double

    private enum CodingKeys: String, CodingKey {
        case files, released, duplicates, quarantined, studies, reasons, seconds
        case alreadyDone = "already_done"
    }

    /// The summary in words.
    package var text: String {
        let lines =
            [
                "\(files) files: \(released) released, \(quarantined) held back, "
                    + "\(duplicates) duplicates; \(alreadyDone) were done before",
                "\(studies) studies",
            ] + reasons.map { "  \($0.count)  \($0.reason): \($0.detail)" }
        return lines.joined(separator: "\n")
    }
}
