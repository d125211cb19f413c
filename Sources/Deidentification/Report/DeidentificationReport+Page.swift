extension DeidentificationReport {
    /// The report as one page of HTML that needs nothing else.
    package var html: String {
        let sections = sections
        let contents = sections.enumerated().map { index, section in
            "<li><a href=\"#s\(index + 1)\">\(Markup.text(section.title))</a></li>"
        }
        let body = sections.enumerated().map { index, section in
            "<section><h2 id=\"s\(index + 1)\">\(Markup.text(section.title))</h2>"
                + "\(section.html)</section>"
        }
        return """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Markup.text("De-identification report: \(subject.name)"))</title>
            <style>
            \(ReportStyle.sheet)
            </style></head><body>
            <header><h1>De-identification report</h1>
            \(Markup.paragraph("\(subject.name), \(subject.date)", "soft"))
            \(Markup.paragraph(summary, "lead"))
            <p class="verdict\(damaged.isEmpty ? "" : " bad")">\(Markup.text(verdict))</p>
            \(keyFigures)</header>
            <nav aria-label="Contents"><ol>\(contents.joined())</ol></nav>
            <main>
            \(body.joined(separator: "\n"))
            </main>
            </body></html>

            """
    }

    private var keyFigures: String {
        let numbers = [
            (figures.images, "images released"), (manifests.count, "examinations"),
            (figures.patients, "patients"), (heldBack, "files held back"),
            (damaged.count, "examinations that fail the check"),
        ]
        return "<ul class=\"figures\">"
            + numbers.map { "<li><b>\($0.grouped)</b> \(Markup.text($1))</li>" }.joined() + "</ul>"
    }

    private var sections: [(title: String, html: String)] {
        var sections: [(String, String)] = []
        if !damaged.isEmpty { sections.append(("What fails the check", damageSection)) }
        sections += [
            ("By which rules", rulesSection), ("What was done to the headers", headerSection),
            ("Faces", facesSection), ("Writing inside the pictures", textSection),
            ("What was held back, and why", quarantineSection),
            ("How it was checked", checksSection),
        ]
        if !samples.isEmpty { sections.append(("A random sample", sampleSection)) }
        sections += [
            ("What this report does not show", Markup.list(ReportWords.limits)),
            ("Every examination", studiesSection),
        ]
        return sections
    }

    private var damageSection: String {
        Markup.table(
            "Examinations that must not be used until this is cleared up",
            ["Examination (new identifier)", "What is wrong"],
            damaged.map { [.tag($0.study), .words($0.what)] }
        )
    }

    private var rulesSection: String {
        let applied = rules.map { rule in
            Markup.terms([
                ("Profile", Markup.text(rule.profile.name)),
                ("Fingerprint of the rules", Markup.code(rule.digest)),
                ("Program", Markup.text(rule.tool)),
                ("Examinations", rule.studies.grouped),
            ])
        }
        return Markup.paragraph(
            "The rules are those of the international standard for medical images, DICOM PS3.15"
                + " Annex E, with these options. Whatever no rule lets through is removed, also in"
                + " nested parts of a file and in fields that the standard does not list."
        ) + applied.joined()
            + Markup.table(
                "Options in force",
                ["Option", "What it means", "Code"],
                options.map { [.head($0.codeMeaning), .words($0.explanation), .tag($0.rawValue)] }
            )
    }

    private var headerSection: String {
        let rows: [[Markup.Cell]] = figures.attributes.filter { $0.total > 0 }.map { group in
            [
                .head(ReportWords.title(group.action)), .number(group.total),
                .number(group.counts.count), .words(ReportWords.meaning(group.action)),
                .words(Self.examples(group)),
            ]
        }
        return Markup.paragraph(
            "Each image carries a header of many fields. This is what became of them, all images"
                + " together."
        )
            + Markup.table(
                "Fields by what was done to them",
                ["What was done", "Times", "Fields", "What it means", "Most often"],
                rows
            )
    }

    private static func examples(_ group: ReportFigures.Attributes) -> String {
        var names: [String] = []
        for (tag, _) in group.counts {
            let name = ReportWords.name(ofTag: tag)
            if !names.contains(name) { names.append(name) }
            if names.count == 4 { break }
        }
        return names.joined(separator: ", ")
    }

    private var quarantineSection: String {
        guard !quarantine.isEmpty else {
            return Markup.paragraph("No file was held back.")
        }
        return Markup.paragraph(
            "A file that cannot be cleaned with certainty is not released. Holding it back is the"
                + " safe answer, not a failure."
        )
            + Markup.table(
                "Files held back, by reason",
                ["Files", "Why", "What can be done", "Reason, for technicians"],
                quarantine.map { tally in
                    let words = QuarantineExplanation(tally.reason)
                    return [
                        .number(tally.count), .words(words.meaning),
                        .words(words.advice.isEmpty ? "Nothing: this is intended." : words.advice),
                        .tag(tally.reason),
                    ]
                }
            )
    }

    private var studiesSection: String {
        let most = 1_000
        let rest =
            manifests.count > most
            ? Markup.paragraph("and \((manifests.count - most).grouped) more, in their manifests")
            : ""
        return Markup.table(
            "Examinations under their new identifiers, with the fingerprint of their images",
            ["Examination", "Patient", "Images", "Fingerprint (Merkle root)"],
            manifests.prefix(most).map {
                [
                    .words($0.studyInstanceUID), .words($0.patient), .number($0.files.count),
                    .tag(String($0.root.prefix(16)) + "\u{2026}"),
                ]
            },
            isDense: true
        ) + rest
    }

    private var sampleSection: String {
        Markup.paragraph(
            "Headers of images drawn at random, before and after. Values are masked: only technical"
                + " values that came through unchanged are shown."
        )
            + samples.enumerated().map { index, sample in
                Markup.table(
                    "Image \(index + 1): \(sample.count.grouped) fields",
                    ["Field", "Tag", "What was done", "Before", "After"],
                    sample.map { change in
                        [
                            .words(ReportWords.spaced(change.keyword)), .tag(change.path),
                            .words(ReportWords.action(of: change)), .words(change.before),
                            .words(change.after),
                        ]
                    },
                    isDense: true
                )
            }.joined()
    }
}
