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

    /// The summary in words; the three numbers after the first add up to it.
    package var text: String {
        let width = reasons.map { "\($0.count)".count }.max() ?? 0
        let heldBack = reasons.map { tally in
            let count = "\(tally.count)"
            let padding = String(repeating: " ", count: width - count.count)
            return "  \(padding)\(count)  \(tally.reason): \(tally.detail)"
        }
        let lines =
            [
                "\(files) files: \(released) released, \(duplicates) duplicates,"
                    + " \(quarantined) held back",
                "\(studies) \(studies == 1 ? "study" : "studies"); \(alreadyDone) of the files were done before",
            ] + (heldBack.isEmpty ? [] : ["held back:"] + heldBack)
        return lines.joined(separator: "\n")
    }
}
