import Foundation
import TestSupport

/// The repository's files, as the tidy rules see them.
enum SourceFiles {
    /// A file with its lines.
    struct File {
        let path: String
        let lines: [Substring]
    }

    /// Files below a folder of the repository with one of the suffixes, ascending by path.
    static func below(_ folder: String, suffix: String) throws -> [File] {
        let root = SharedData.repository.appending(path: folder)
        guard let walker = FileManager.default.enumerator(atPath: root.path) else { return [] }
        var files: [File] = []
        for case let path as String in walker where path.hasSuffix(suffix) {
            let text = try String(contentsOf: root.appending(path: path), encoding: .utf8)
            files.append(
                File(
                    path: "\(folder)/\(path)",
                    lines: text.split(separator: "\n", omittingEmptySubsequences: false)
                )
            )
        }
        return files.sorted { $0.path < $1.path }
    }
}
