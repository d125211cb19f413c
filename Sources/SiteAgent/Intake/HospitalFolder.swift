import Foundation

/// A folder of files as a hospital exports them: any depth, any names, with or without extension.
struct HospitalFolder: Sendable {
    let root: URL

    /// A file and what tells a changed one.
    struct File: Sendable, Hashable {
        /// The path below the root.
        let path: String
        /// Size in bytes and time of change in microseconds.
        let fingerprint: String
        /// When it changed last.
        let modified: Date
    }

    /// All regular files below the root, ascending by path; hidden ones and links are left out.
    ///
    /// A file whose name is not UTF-8 cannot be opened by it; it is listed under a path that says so,
    /// so that it is held back and seen instead of missed.
    ///
    /// - Throws: ``AgentError`` `bad-input` if the folder, or one in it, cannot be listed: images
    ///   in it would go missing unseen.
    func files() throws -> [File] {
        var files: [File] = []
        try visit("", &files)
        return files.sorted { $0.path < $1.path }
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

    private func visit(_ folder: String, _ files: inout [File]) throws {
        let url = folder.isEmpty ? root : root.appending(path: folder)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
            let exists = FileManager.default.fileExists(atPath: url.path)
            throw AgentError(
                .badInput,
                exists
                    ? "the folder \(url.path) cannot be listed"
                    : "there is no folder \(url.path)",
                hint: exists
                    ? "let the user that runs fedagent read it"
                    : "source.path in site.yaml names it; is the share mounted?"
            )
        }
        for (index, name) in names.sorted().enumerated() where !name.hasPrefix(".") {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            // What cannot be decoded comes as U+FFFD.
            if name.contains("\u{FFFD}"), !exists(path) {
                files.append(Self.file("\(path) (name \(index + 1), not in UTF-8)", [:]))
                continue
            }
            let attributes = try? FileManager.default.attributesOfItem(
                atPath: root.appending(path: path).path
            )
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory?: try visit(path, &files)
            case .typeRegular?:
                files.append(Self.file(path, attributes ?? [:]))
            default: continue
            }
        }
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    private static func file(_ path: String, _ attributes: [FileAttributeKey: Any]) -> File {
        let size = (attributes[.size] as? NSNumber)?.int64Value ?? -1
        let modified = attributes[.modificationDate] as? Date ?? .distantPast
        let time = Int64((modified.timeIntervalSince1970 * 1e6).rounded())
        return File(path: path, fingerprint: "\(size)-\(time)", modified: modified)
    }
}
