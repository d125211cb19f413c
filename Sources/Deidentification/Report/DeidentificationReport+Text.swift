extension DeidentificationReport {
    /// The report as plain text, at most 100 columns where the words are ours.
    package var text: String {
        var lines = [
            "De-identification report", "\(subject.name), \(subject.date)", "", summary, verdict,
        ]
        lines += damaged.map { "  \($0.study): \($0.what)" }
        lines += rulesText + headerText
        lines += Self.section("Faces", [Self.folded(faceWords)] + Self.pairs(faceLines))
        lines += Self.section(
            "Writing inside the pictures",
            [Self.folded(textWords)]
                + (options.contains(.cleanPixelData) ? Self.pairs(textLines) : [])
        )
        lines += quarantineText
        lines += Self.section(
            "How it was checked",
            checks.map { "  - \($0)" } + [Self.folded(signatureWords)]
                + (subject.keySHA256.map { ["  key \($0)"] } ?? [])
        )
        for (index, sample) in samples.enumerated() {
            lines += Self.section(
                "Sample \(index + 1), values masked",
                sample.map(Self.line)
            )
        }
        lines += Self.section(
            "What this report does not show",
            ReportWords.limits.map { Self.folded("- " + $0) }
        )
        return lines.joined(separator: "\n") + "\n"
    }

    private var rulesText: [String] {
        let rules = rules.flatMap { rule in
            [
                "  profile \(rule.profile.name), \(rule.tool), \(rule.studies.grouped) examinations",
                "  rules   \(rule.digest)",
            ]
        }
        return Self.section(
            "By which rules (DICOM PS3.15 Annex E)",
            rules + options.map { "  \($0.rawValue)  \($0.codeMeaning)" }
        )
    }

    private var headerText: [String] {
        Self.section(
            "What was done to the headers, all images together",
            Self.pairs(
                figures.attributes.filter { $0.total > 0 }.map {
                    (
                        ReportWords.title($0.action),
                        "\($0.total.grouped) times, \($0.counts.count.grouped) fields"
                    )
                }
            )
        )
    }

    private var quarantineText: [String] {
        Self.section(
            "What was held back, and why",
            quarantine.isEmpty
                ? ["  no file"]
                : quarantine.flatMap { tally in
                    let words = QuarantineExplanation(tally.reason)
                    return ["  \(tally.count.grouped) \(tally.reason): \(words.meaning)"]
                        + (words.advice.isEmpty ? [] : ["      -> \(words.advice)"])
                }
        )
    }

    private static func section(_ title: String, _ lines: [String]) -> [String] {
        ["", title] + lines
    }

    private static func pairs(_ pairs: [(String, String)]) -> [String] {
        let width = (pairs.map(\.0.count).max() ?? 0) + 2
        return pairs.map { "  \($0)\(String(repeating: " ", count: width - $0.count))\($1)" }
    }

    /// A sentence broken into lines of at most 96 letters, two spaces before each.
    private static func folded(_ sentence: String) -> String {
        var lines: [String] = []
        for word in sentence.split(separator: " ") {
            if let last = lines.last, last.count + word.count < 96 {
                lines[lines.count - 1] = "\(last) \(word)"
            } else {
                lines.append("  \(word)")
            }
        }
        return lines.joined(separator: "\n")
    }

    /// One attribute as a line.
    package static func line(_ change: HeaderChange) -> String {
        let action = ReportWords.action(of: change)
        let padding = String(repeating: " ", count: max(1, 9 - action.count))
        let value =
            change.action == .kept ? change.after : "\(change.before) -> \(change.after)"
        return "  \(action)\(padding)\(change.path) \(change.keyword)  \(value)"
    }
}
