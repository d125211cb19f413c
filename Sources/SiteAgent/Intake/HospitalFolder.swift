import Deidentification
import Foundation

/// A folder of files as a hospital exports them: any depth, any names, with or without extension.
struct HospitalFolder: Sendable {
    let root: URL
    /// What becomes of names that begin with a dot.
    var hiddenNames = FolderWalk.HiddenNames.omitted

    /// A file and what tells a changed one.
    struct File: Sendable, Hashable {
        /// The path below the root.
        let path: String
        /// Size in bytes and time of change in microseconds.
        let fingerprint: String
        /// When it changed last.
        let modified: Date
        /// Why it is not read; nil for a file.
        let exclusion: QuarantineReason?
    }

    /// The folder of a source; what lies in it under a dot is listed if it is the hospital's own.
    init(source: SourceRoots.Root) {
        root = source.folder
        hiddenNames = source.isRequired ? .listed : .omitted
    }

    init(root: URL) { self.root = root }

    /// Everything below the root, ascending by path; what is no file to be read says why not.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the folder, or one in it, cannot be listed: images
    ///   in it would go missing unseen.
    func files() throws -> [File] {
        guard FileManager.default.fileExists(atPath: root.path) else {
            throw AgentError(
                .badInput,
                "there is no folder \(root.path)",
                hint: "source.path in site.yaml names it; is the share mounted?"
            )
        }
        return try FolderWalk(root: root, hiddenNames: hiddenNames).entries().map { entry in
            guard entry.exclusion != FolderWalk.unlisted else {
                throw AgentError(
                    .badInput,
                    "the folder \(root.appending(path: entry.path).path) cannot be listed",
                    hint: "let the user that runs fedagent read it"
                )
            }
            return File(entry)
        }
    }

    /// The same; none if the folder need not be there and is not.
    func files(isRequired: Bool) throws -> [File] {
        guard isRequired || FileManager.default.fileExists(atPath: root.path) else { return [] }
        return try files()
    }

    /// The bytes of a file.
    func bytes(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: root.appending(path: path)))
    }

    /// The first bytes of a file, at most so many; the whole file if it is shorter.
    func beginning(_ path: String, of count: Int) throws -> [UInt8] {
        let handle = try FileHandle(forReadingFrom: root.appending(path: path))
        defer { try? handle.close() }
        return [UInt8](try handle.read(upToCount: count) ?? Data())
    }
}

extension HospitalFolder.File {
    fileprivate init(_ entry: FolderWalk.Entry) {
        let time = Int64((entry.modified.timeIntervalSince1970 * 1e6).rounded())
        self.init(
            path: entry.path,
            fingerprint: entry.exclusion?.code.rawValue ?? "\(entry.size)-\(time)",
            modified: entry.modified,
            exclusion: entry.exclusion
        )
    }
}
