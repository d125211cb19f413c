import CanonicalJSON
import Deidentification
import Foundation

/// What became of each input, one line a file, so that a run can go on where it stopped.
///
/// Inputs have keyed names; nothing in the journal tells who they are about.
struct DeidentifyJournal {
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
        var release: Release?
        var reason: String?
        var detail: String?
        /// Whether the output was the same as another input's.
        var isDuplicate: Bool?
    }

    private let url: URL
    private(set) var entries: [String: Entry] = [:]

    /// Opens the journal of an output folder; a last line cut short is left out.
    init(below output: URL) throws {
        let folder = output.appending(path: ".fedagent")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        url = folder.appending(path: "journal.jsonl")
        guard let data = try? Data(contentsOf: url) else { return }
        let decoder = JSONDecoder()
        for line in data.split(separator: 0x0A) {
            guard let entry = try? decoder.decode(Entry.self, from: Data(line)) else { continue }
            entries[entry.source] = entry
        }
    }

    /// Adds lines, each replacing the former one of its input.
    mutating func add(_ new: [Entry]) throws {
        guard !new.isEmpty else { return }
        var text = Data()
        for entry in new {
            entries[entry.source] = entry
            text += try CanonicalEncoder().encode(entry) + [0x0A]
        }
        if !FileManager.default.fileExists(atPath: url.path) {
            _ = FileManager.default.createFile(
                atPath: url.path,
                contents: nil,
                attributes: [.posixPermissions: 0o600]
            )
        }
        let handle = try FileHandle(forUpdating: url)
        defer { try? handle.close() }
        let end = try handle.seekToEnd()
        if end > 0 {
            try handle.seek(toOffset: end - 1)
            let last = try handle.read(upToCount: 1)
            if last != Data([0x0A]) { text = Data([0x0A]) + text }
        }
        try handle.write(contentsOf: text)
    }
}
