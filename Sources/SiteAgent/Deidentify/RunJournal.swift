import CanonicalJSON
import Deidentification
import Foundation

/// What became of each input and each series, so that a run can go on where it stopped.
///
/// Inputs and series have keyed names; nothing in the journal tells who they are about.
struct RunJournal {
    /// A released file.
    struct Release: Codable, Hashable {
        let study: String
        let series: String
        let patient: String
        let file: StudyManifest.File
        let actions: [ActionCount]

        /// The path below the output.
        var path: String { study + "/" + file.path }
    }

    /// One input's line.
    struct Entry: Codable, Hashable {
        /// The keyed name of the input's path.
        let source: String
        /// The keyed digest of path, size, time of change and profile: the same if nothing changed.
        let state: String
        /// The keyed name of the series.
        let series: String
        var release: Release?
        var reason: String?
        var detail: String?
        /// Whether the output was the same as another input's.
        var isDuplicate: Bool?
    }

    /// A series that was worked through to its end.
    struct Series: Codable, Hashable {
        /// The keyed name.
        let series: String
        /// The keyed digest of the states of all its inputs.
        let state: String
        let report: SeriesReport
        /// The program that did it; nil in journals of versions that did not note it.
        var tool: String?
    }

    private let inputs: JSONLines
    private let finished: JSONLines
    private(set) var entries: [String: Entry] = [:]
    private(set) var series: [String: Series] = [:]

    /// Opens the journal of an output folder.
    init(below output: URL) throws {
        let folder = Self.folder(below: output)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        inputs = JSONLines(folder.appending(path: "journal.jsonl"))
        finished = JSONLines(folder.appending(path: "series.jsonl"))
        for entry in inputs.read(Entry.self) { entries[entry.source] = entry }
        for one in finished.read(Series.self) { series[one.series] = one }
    }

    /// Whether a folder has a journal.
    static func exists(below output: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: folder(below: output).appending(path: "journal.jsonl").path
        )
    }

    private static func folder(below output: URL) -> URL { output.appending(path: ".fedagent") }

    /// Notes inputs, each replacing the former line of its input.
    mutating func add(_ new: [Entry]) throws {
        for entry in new { entries[entry.source] = entry }
        try inputs.append(new)
    }

    /// Notes that a series is done.
    mutating func finish(_ one: Series) throws {
        series[one.series] = one
        try finished.append([one])
    }
}
