import Deidentification
import Foundation

/// A file to be de-identified.
struct RunSource: Sendable {
    /// What stands for a source in the journal.
    struct Names: Sendable, Hashable {
        let source: String
        let state: String
    }

    let url: URL
    /// The path below the input.
    let path: String
    let size: Int
    let changed: Date

    /// The files at or below a place by ascending path, without hidden ones and those of the output.
    static func all(at root: URL, exceptBelow output: URL) throws -> [RunSource] {
        let keys: Set<URLResourceKey> = [
            .isRegularFileKey, .fileSizeKey, .contentModificationDateKey,
        ]
        guard let kind = try? root.resourceValues(forKeys: [.isDirectoryKey]).isDirectory else {
            throw AgentError(.badInput, "there is nothing at \(root.path)")
        }
        guard kind else {
            return try [source(root, path: root.lastPathComponent, keys)].compactMap(\.self)
        }
        let base = root.standardizedFileURL.path
        let excluded = output.standardizedFileURL.path + "/"
        guard let walker = FileManager.default.enumerator(atPath: base) else {
            throw AgentError(.badInput, "the folder \(root.path) cannot be read")
        }
        var sources: [RunSource] = []
        for case let path as String in walker {
            let url = URL(filePath: base + "/" + path)
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
                !(url.path + "/").hasPrefix(excluded)
            else { continue }
            if let source = try source(url, path: path, keys) { sources.append(source) }
        }
        return sources.sorted { $0.path < $1.path }
    }

    /// Reads the file.
    ///
    /// - Throws: `unreadable`.
    func bytes() throws(QuarantineReason) -> [UInt8] {
        guard let data = try? Data(contentsOf: url, options: .mappedIfSafe) else {
            throw QuarantineReason(.unreadable, "the file cannot be opened")
        }
        return [UInt8](data)
    }

    private static func source(
        _ url: URL,
        path: String,
        _ keys: Set<URLResourceKey>
    ) throws -> RunSource? {
        guard let values = try? url.resourceValues(forKeys: keys), values.isRegularFile == true
        else { return nil }
        return RunSource(
            url: url,
            path: path,
            size: values.fileSize ?? 0,
            changed: values.contentModificationDate ?? .distantPast
        )
    }

    /// The keyed names of the source under a profile's rules.
    func names(map: IdentifierMap, rules: String) -> Names {
        let name = Array(path.utf8)
        let state = "\(path)\n\(size)\n\(changed.timeIntervalSince1970)\n\(rules)"
        return Names(
            source: map.digest(name, purpose: "path"),
            state: map.digest(Array(state.utf8), purpose: "state")
        )
    }
}
