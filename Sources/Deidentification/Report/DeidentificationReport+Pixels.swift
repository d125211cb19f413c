extension DeidentificationReport {
    /// What was done about faces, in lines for page and text.
    var faceLines: [(String, String)] {
        let faces = figures.faces
        var lines: [(String, String)] = [
            ("Face and ears removed", Self.series(faces.removed)),
            ("Everything but the brain removed", Self.series(faces.brainOnly)),
            ("The face lies outside the scan", Self.series(faces.noFaceInScan)),
            ("Too few slices to show a face", Self.series(faces.noSurface)),
            ("Held back, as removal was not certain", Self.series(faces.refused)),
        ].filter { $0.1 != Self.series(0) }
        if !faces.removedML.isEmpty {
            lines.append(
                ("Tissue removed", ReportWords.range(faces.removedML, unit: "mL"))
            )
        }
        for part in FaceRemovalReport.Part.allCases {
            guard let distances = faces.distancesMM[part], !distances.isEmpty else { continue }
            lines.append(
                (
                    "Least distance from the old surface, \(part.rawValue)",
                    ReportWords.range(distances, unit: "mm")
                )
            )
        }
        return lines
    }

    /// What is to be said of faces before the numbers.
    var faceWords: String {
        guard options.contains(.cleanRecognizableVisualFeatures) else {
            return "Faces were NOT removed: the rules in force leave them as they are. From a scan"
                + " with thin slices a face can be rendered and recognized."
        }
        return "From a scan of the head a face can be rendered. Face and ears were therefore cut"
            + " away along an edge that differs from examination to examination, and filled with"
            + " the noise of that scan's air. Every pixel inside the skull and within 10 mm of it"
            + " is exactly as it was."
    }

    /// What was done about writing, in lines for page and text.
    var textLines: [(String, String)] {
        let text = figures.text
        return [
            ("Pictures searched", text.searched.grouped),
            ("Pictures with something like writing", text.found.grouped),
            (
                "Pictures in which writing was blanked",
                "\(text.blanked.grouped) (bands: \(text.blankedBands.grouped))"
            ),
            ("Pictures held back for writing", text.heldBack.grouped),
            (
                "Second reader",
                text.secondReaders.isEmpty
                    ? "none installed" : text.secondReaders.sorted().joined(separator: ", ")
            ),
        ]
    }

    /// What is to be said of writing before the numbers.
    var textWords: String {
        guard options.contains(.cleanPixelData) else {
            return "Pictures were NOT searched for writing: the rules in force do not ask for it."
        }
        return "Scanners and viewers sometimes write names into the picture itself. Every picture"
            + " was searched, whatever its header says of that. Writing beside the head was blanked"
            + " and the picture searched again; pictures with writing over the head, or that still"
            + " read, were held back."
    }

    private static func series(_ count: Int) -> String {
        "\(count.grouped) series"
    }

    var facesSection: String {
        Markup.paragraph(faceWords) + Markup.terms(faceLines.map { ($0, Markup.text($1)) })
    }

    var textSection: String {
        Markup.paragraph(textWords)
            + (options.contains(.cleanPixelData)
                ? Markup.terms(textLines.map { ($0, Markup.text($1)) }) : "")
    }

    var checksSection: String {
        Markup.paragraph(
            "After each image was written, another part of the program, which shares no code with the"
                + " one that cleans, looked at its bytes. An image that failed one of these checks was"
                + " held back:"
        ) + Markup.list(checks) + Markup.paragraph(signatureWords)
            + Markup.terms(
                subject.keySHA256.map { [("Fingerprint of the site's key", Markup.code($0))] }
                    ?? []
            )
    }

    /// Who vouches for the manifests.
    var signatureWords: String {
        "Of each examination there is a record: rules, counts, fingerprints of every image before and"
            + " after, without any value of a header. "
            + (subject.keySHA256 == nil
                ? "The records are signed; this report has checked the signatures, and every image"
                    + " against its record."
                : "The records are signed by the site's key; this report has checked the signatures,"
                    + " and every image against its record.")
            + (subject.isAudited
                ? " The fingerprint of each record is also in the site's audit log, which cannot be"
                    + " changed unseen."
                : "")
    }
}
