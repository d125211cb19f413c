extension DeidentificationReport {
    /// The report as one page of HTML that needs nothing else.
    package var html: String {
        let sections = [
            "<h1>De-identification report</h1>", summary, profileSection, quarantineSection,
            pixelSection, actionSection, sampleSection,
        ]
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>De-identification report</title><style>
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto;
              padding: 0 1rem; color: #1a1a1a; background: #fff }
            table { border-collapse: collapse; width: 100%; margin: 0.5rem 0 2rem }
            th, td { text-align: left; padding: 0.25rem 0.75rem 0.25rem 0;
              border-bottom: 1px solid #ddd; vertical-align: top; overflow-wrap: anywhere }
            td.n { text-align: right; font-variant-numeric: tabular-nums }
            .bad { color: #a00000; font-weight: 600 }
            @media (prefers-color-scheme: dark) {
              body { color: #eee; background: #16181a } th, td { border-color: #444 }
              .bad { color: #ff8a80 } }
            </style></head><body>
            \(sections.joined(separator: "\n"))
            </body></html>

            """
    }

    private var summary: String {
        let state =
            damagedStudies.isEmpty
            ? "<p>Every manifest is signed and matches its files.</p>"
            : "<p class=\"bad\">\(damagedStudies.count) studies do not match their manifests: "
                + damagedStudies.map(Self.escaped).joined(separator: ", ") + "</p>"
        return """
            <p>\(fileCount) files of \(manifests.count) studies of \(patientCount) patients were \
            released, \(heldBackCount) files were held back. Every released file was searched, byte \
            by byte, for the identifiers of its original.</p>
            \(state)
            """
    }

    private var profileSection: String {
        let digests = Set(manifests.map { "\($0.profile.name), rules \($0.profileDigest)" })
            .sorted()
        return "<h2>Profile</h2><p>DICOM PS3.15 Annex E; "
            + digests.map(Self.escaped).joined(separator: "; ") + "</p>"
            + Self.table(["Code", "Option"], options.map { [$0.rawValue, $0.codeMeaning] })
    }

    private var quarantineSection: String {
        "<h2>Held back</h2>"
            + Self.table(
                ["Files", "Reason", "What it means"],
                quarantine.map { ["\($0.count)", $0.reason, $0.detail] }
            )
    }

    private var pixelSection: String {
        guard !pixelTotals.isEmpty else { return "" }
        return "<h2>Pixels</h2><p>\(Self.escaped(secondReaders))</p>"
            + Self.table(["Times", "What was done"], pixelTotals.map { ["\($0.count)", $0.what] })
            + Self.table(
                ["Least mm", "Part of the face, from its old surface to what is left"],
                leastFaceDistances.map { ["\($0.millimetres)", $0.part] }
            )
    }

    private var actionSection: String {
        "<h2>Attributes</h2>"
            + Self.table(
                ["Times", "What was done"],
                actionTotals.map { ["\($0.count)", $0.action.rawValue] }
            )
    }

    private var sampleSection: String {
        samples.enumerated().map { index, sample in
            "<h2>Sample \(index + 1), values masked</h2>"
                + Self.table(
                    ["Attribute", "Name", "What was done", "Before", "After"],
                    sample.map { [$0.path, $0.keyword, $0.action.rawValue, $0.before, $0.after] }
                )
        }.joined()
    }

    private static func table(_ heads: [String], _ rows: [[String]]) -> String {
        let head = heads.map { "<th>\(escaped($0))</th>" }.joined()
        let body = rows.map { row in
            "<tr>"
                + row.map { cell in
                    let isNumber = !cell.isEmpty && cell.allSatisfy(\.isNumber)
                    return "<td\(isNumber ? " class=\"n\"" : "")>\(escaped(cell))</td>"
                }.joined() + "</tr>"
        }
        return "<table><tr>\(head)</tr>\(body.joined())</table>"
    }

    private static func escaped(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }
}
