/// What was done to the pixels of a series: counts and lengths, nothing of a header.
package struct SeriesReport: Hashable, Sendable, Codable {
    /// What was done about text.
    package struct Text: Hashable, Sendable, Codable {
        /// Slices that were searched.
        package var searched = 0
        /// Slices in which text was found.
        package var found = 0
        /// Slices in which bands beside the head were blanked.
        package var blanked = 0
        /// The bands in all slices.
        package var blankedBands = 0
        /// Slices that were held back for text.
        package var heldBack = 0
        /// The program that read a second time; nil if none is installed.
        package let secondReader: String?
    }

    /// What was done about the face in slices of one direction.
    package struct Face: Hashable, Sendable, Codable {
        /// The slices.
        package let slices: Int
        /// What was found and removed; nil if the slices were held back.
        package let removal: FaceRemovalReport?
        /// Why the slices were held back.
        package let refusal: QuarantineReason?
    }

    /// The new identifier of the series; empty if no slice could be read.
    package let seriesInstanceUID: String
    /// Files that were given and files that were released.
    package private(set) var files = 0
    package private(set) var released = 0
    /// What was done about text.
    package private(set) var text: Text
    /// What was done about faces, by stack of parallel slices; empty if faces stay.
    package let faces: [Face]
    /// Files held back, by the raw value of the reason.
    package private(set) var quarantined: [String: Int] = [:]

    /// Begins the report of a series; its files are counted as they come.
    package init(_ plan: SeriesPlan) {
        seriesInstanceUID = plan.slices.map(\.seriesInstanceUID).min() ?? ""
        text = Text(secondReader: plan.textReader)
        text.searched = plan.slices.count
        text.found = plan.slices.count { !$0.text.isEmpty }
        faces = plan.faces.enumerated().map { number, decision in
            let count = plan.stackOfSlice.count { $0 == number }
            switch decision {
            case .noFace(let outcome):
                return Face(slices: count, removal: .untouched(outcome), refusal: nil)
            case .removal(let removal, _):
                return Face(slices: count, removal: removal.report, refusal: nil)
            case .refused(let reason): return Face(slices: count, removal: nil, refusal: reason)
            }
        }
    }

    /// Counts what became of a file.
    package mutating func count(_ outcome: Result<DeidentifiedInstance, QuarantineReason>) {
        files += 1
        switch outcome {
        case .success(let instance):
            released += 1
            if instance.cleaning.blankedBandCount > 0 {
                text.blanked += 1
                text.blankedBands += instance.cleaning.blankedBandCount
            }
        case .failure(let reason):
            quarantined[reason.code.rawValue, default: 0] += 1
            if [.burnedInText, .textReaderFailed].contains(reason.code) { text.heldBack += 1 }
        }
    }
}
