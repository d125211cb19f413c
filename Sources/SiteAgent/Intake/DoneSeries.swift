import Deidentification
import Foundation
import SiteStore

/// What the intakes before have done: a series is not done again while its files, what the site
/// chose, its copies and the manifest of its study are what they were.
///
/// A newer program or newer rules leave verified copies alone, so that an upgrade never takes exams
/// away from a federation; of a series that was held back as a whole they try again.
struct DoneSeries {
    /// By what copies are made now.
    struct Maker {
        /// The program and its version.
        let tool: String
        /// The digest of the rules.
        let rules: String
        /// Whether copies made by earlier rules are done anew.
        var renews = false
    }

    private let folder: SiteFolder
    private let records: [String: SeriesRecordRow]
    private let admission: CohortAdmission
    private let maker: Maker

    init(
        folder: SiteFolder,
        records: [SeriesRecordRow],
        admission: CohortAdmission,
        maker: Maker
    ) {
        self.folder = folder
        self.records = Dictionary(records.map { ($0.seriesUID, $0) }) { first, _ in first }
        self.admission = admission
        self.maker = maker
    }

    /// What was done to a series at last, whether or not it has to be done again.
    func record(of series: IntakeSeries) -> SeriesRecordRow? { records[series.uid] }

    /// The record and the rows of a series that is done; nil if it has to be done.
    func rows(of series: IntakeSeries) -> (record: SeriesRecordRow, rows: [FileRow])? {
        guard let record = records[series.uid], record.inputs == series.inputs,
            let rows = series.knownRows, rows.allSatisfy(\.isDone), isWhole(rows),
            !isTriedAgain(rows)
        else { return nil }
        return (record, rows.map(\.decidedAnew))
    }

    /// Whether copies were made by other rules than those of now.
    func isOfEarlierRules(_ rows: some Sequence<FileRow>) -> Bool {
        rows.contains { $0.profileDigest != maker.rules }
    }

    private func isTriedAgain(_ rows: [FileRow]) -> Bool {
        if rows.contains(where: \.isVerified) { return maker.renews && isOfEarlierRules(rows) }
        return isOfEarlierRules(rows) || rows.contains { $0.tool != maker.tool }
    }

    /// Whether every copy is on the disk, and its study's manifest is the one that was signed.
    func isWhole(_ rows: some Sequence<FileRow>) -> Bool {
        let copies = Dictionary(grouping: rows.filter(\.isVerified)) { $0.studyUID ?? "" }
        return copies.allSatisfy { study, rows in
            admission.hasRecordedManifest(study) && rows.allSatisfy(hasCopy)
        }
    }

    private func hasCopy(_ row: FileRow) -> Bool {
        guard let study = row.studyUID, let instance = row.sopInstanceUID else { return false }
        let copy = folder.exam(study).appending(path: "\(instance).dcm")
        return FileManager.default.fileExists(atPath: copy.path)
    }
}

extension FileRow {
    /// What may be well the next time: a disk, a decoder or a reader that failed.
    private static let passing = Set(
        [QuarantineReason.Code.fileChanged, .decoderUnavailable, .textReaderFailed].map(\.rawValue)
    )

    /// Whether work on the file had come to an end.
    fileprivate var isDone: Bool {
        if let reason, Self.passing.contains(reason) { return false }
        return state == .verified || state == .cohort || state == .quarantined
    }

    /// The row as the series left it: what the join decided before is decided anew.
    fileprivate var decidedAnew: FileRow {
        guard isVerified else { return self }
        var row = self
        (row.state, row.reason, row.detail) = (.verified, nil, "")
        return row
    }
}
