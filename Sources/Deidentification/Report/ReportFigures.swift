/// The numbers of a report, summed over manifests.
struct ReportFigures {
    /// The attributes to which one thing was done.
    struct Attributes {
        let action: ActionCount.Action
        /// Attributes by how often it was done to them, most often first.
        let counts: [(tag: String, count: Int)]

        var total: Int { counts.reduce(0) { $0 + $1.count } }
    }

    /// What became of faces, in series.
    struct Faces {
        var removed = 0
        var brainOnly = 0
        var noFaceInScan = 0
        var noSurface = 0
        var refused = 0
        /// Volumes removed in mL, ascending.
        var removedML: [Double] = []
        /// Distances between old face and what is left in mm by part, ascending.
        var distancesMM: [FaceRemovalReport.Part: [Double]] = [:]

        var total: Int { removed + brainOnly + noFaceInScan + noSurface + refused }
    }

    /// What was done about writing, in slices.
    struct Text {
        var searched = 0
        var found = 0
        var blanked = 0
        var blankedBands = 0
        var heldBack = 0
        var secondReaders: Set<String> = []
    }

    let images: Int
    let patients: Int
    let attributes: [Attributes]
    private(set) var faces = Faces()
    private(set) var text = Text()

    /// Sums up manifests, and series of which none has a file.
    init(_ manifests: [StudyManifest], heldBackSeries: [SeriesReport] = []) {
        images = manifests.reduce(0) { $0 + $1.files.count }
        patients = Set(manifests.map(\.patient)).count
        attributes = Self.attributes(manifests)
        let listed = manifests.flatMap(\.series)
        let known = Set(listed.map(\.seriesInstanceUID))
        let others = heldBackSeries.filter { !known.contains($0.seriesInstanceUID) }
        for series in listed + others {
            add(series.text)
            for face in series.faces { add(face) }
        }
        faces.removedML.sort()
        faces.distancesMM = faces.distancesMM.mapValues { $0.sorted() }
    }

    private static func attributes(_ manifests: [StudyManifest]) -> [Attributes] {
        let sums = Dictionary(grouping: ActionCount.sum(manifests.flatMap(\.actions)), by: \.action)
        return ActionCount.Action.allCases.map { action in
            Attributes(
                action: action,
                counts: (sums[action] ?? []).map { ($0.tag, $0.count) }
                    .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            )
        }
    }

    private mutating func add(_ record: SeriesReport.Text) {
        text.searched += record.searched
        text.found += record.found
        text.blanked += record.blanked
        text.blankedBands += record.blankedBands
        text.heldBack += record.heldBack
        if let reader = record.secondReader { text.secondReaders.insert(reader) }
    }

    private mutating func add(_ face: SeriesReport.Face) {
        guard let removal = face.removal else {
            faces.refused += 1
            return
        }
        switch removal.outcome {
        case .removed: faces.removed += 1
        case .brainOnly: faces.brainOnly += 1
        case .noFaceInScan: faces.noFaceInScan += 1
        case .noSurface: faces.noSurface += 1
        }
        if removal.removedML > 0 { faces.removedML.append(removal.removedML) }
        for (part, distance) in removal.distancesMM {
            faces.distancesMM[part, default: []].append(distance)
        }
    }
}
