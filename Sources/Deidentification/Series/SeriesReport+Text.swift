extension SeriesReport {
    /// The report in a few lines.
    package var lines: [String] {
        var lines = ["\(released) of \(files) files would be released"]
        lines += quarantined.sorted { $0.key < $1.key }.map { "  \($0.value) held back: \($0.key)" }
        lines.append(
            "text: \(text.searched) slices searched, found in \(text.found), blanked in "
                + "\(text.blanked), held back \(text.heldBack); second reader: "
                + (text.secondReader ?? "none installed")
        )
        return lines + (faces.isEmpty ? ["faces: left as they are"] : faces.map(\.line))
    }
}

extension SeriesReport.Face {
    /// What was done, in a line.
    package var line: String {
        if let refusal { return "faces: \(slices) slices held back, \(refusal)" }
        guard let removal else { return "faces: not looked at" }
        let distances = removal.distancesMM.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue) \(Int($0.value.rounded()))"
        }
        let detail =
            distances.isEmpty
            ? "" : "; mm from the old surface: " + distances.joined(separator: ", ")
        return "faces: \(slices) slices, \(removal.outcome.rawValue), "
            + "\(Int(removal.removedML.rounded())) mL removed\(detail)"
    }
}

extension SeriesPreview {
    /// The preview in words.
    package var text: String {
        (report.lines + changes.map(DeidentificationReport.line)).joined(separator: "\n")
    }
}
