extension DeidentificationReport {
    /// What was done to the pixels of all series, by kind; empty if no manifest tells.
    var pixelTotals: [(count: Int, what: String)] {
        let series = manifests.flatMap(\.series)
        guard !series.isEmpty else { return [] }
        func sum(_ count: (SeriesReport) -> Int) -> Int { series.reduce(0) { $0 + count($1) } }
        let faces = series.flatMap(\.faces)
        var totals = [
            (sum(\.text.searched), "slices searched for text"),
            (sum(\.text.found), "slices in which text was found"),
            (sum(\.text.blanked), "slices in which bands beside the head were blanked"),
            (sum(\.text.heldBack), "slices held back for text over the head or text that stayed"),
        ]
        totals += FaceRemovalReport.Outcome.allCases.map { outcome in
            (faces.count { $0.removal?.outcome == outcome }, Self.meaning(of: outcome))
        }
        totals.append((faces.count { $0.refusal != nil }, "scans held back for their face"))
        return totals.filter { $0.0 > 0 }.map { (count: $0.0, what: $0.1) }
    }

    /// The least distance in mm between an old surface and what is left, by part of the face.
    var leastFaceDistances: [(part: String, millimetres: Int)] {
        let removals = manifests.flatMap(\.series).flatMap(\.faces).compactMap(\.removal)
        return FaceRemovalReport.Part.allCases.compactMap { part in
            removals.compactMap { $0.distancesMM[part] }.min().map {
                (part: part.rawValue, millimetres: Int($0.rounded(.down)))
            }
        }
    }

    /// The programs that read a second time.
    var secondReaders: String {
        let names = Set(manifests.flatMap(\.series).compactMap(\.text.secondReader)).sorted()
        return names.isEmpty
            ? "no second reader of text was installed" : names.joined(separator: ", ")
    }

    private static func meaning(of outcome: FaceRemovalReport.Outcome) -> String {
        switch outcome {
        case .removed: "scans whose face and ears were removed"
        case .noFaceInScan: "scans that end above the orbits, with no face to remove"
        case .noSurface: "scans of too few slices for a face to be seen on them"
        case .brainOnly: "scans of which only the inside of the skull was kept"
        }
    }
}
