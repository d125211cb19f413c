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
    let size: Int64
    let changed: Date
    /// Why it is not read; nil for a file.
    var exclusion: QuarantineReason?

    /// Everything at or below a place by ascending path, but the output; hidden files count like others.
    ///
    /// - Throws: ``AgentError`` `bad-input` if there is nothing, or it cannot be read;
    ///   `bad-configuration` if all of it lies in the output.
    static func all(at root: URL, exceptBelow output: URL) throws -> [RunSource] {
        let manager = FileManager.default
        guard let kind = try? manager.attributesOfItem(atPath: root.path) else {
            throw AgentError(.badInput, "there is nothing at \(root.path)")
        }
        // What is named is meant, so a link is followed here.
        let place = root.resolvingSymlinksInPath().standardizedFileURL
        var isFolder: ObjCBool = false
        guard unsafe manager.fileExists(atPath: place.path, isDirectory: &isFolder),
            isFolder.boolValue
        else {
            return [
                RunSource(
                    url: place,
                    path: root.lastPathComponent,
                    size: (kind[.size] as? NSNumber)?.int64Value ?? 0,
                    changed: kind[.modificationDate] as? Date ?? .distantPast
                )
            ]
        }
        guard manager.isReadableFile(atPath: place.path) else {
            throw AgentError(
                .badInput,
                "the folder \(root.path) cannot be read",
                hint: "let this user read it"
            )
        }
        let excluded = output.resolvingSymlinksInPath().standardizedFileURL.path + "/"
        guard !(place.path + "/").hasPrefix(excluded) else {
            throw AgentError(
                .badConfiguration,
                "the input \(root.path) lies in the output",
                hint: "name another folder to write to"
            )
        }
        return FolderWalk(root: place, hiddenNames: .read).entries().compactMap { entry in
            let url = place.appending(path: entry.path)
            guard !(url.path + "/").hasPrefix(excluded) else { return nil }
            return RunSource(
                url: url,
                path: entry.path,
                size: entry.size,
                changed: entry.modified,
                exclusion: entry.exclusion
            )
        }
    }

    /// Reads the file.
    ///
    /// - Throws: Why it is not read, or `unreadable-file`.
    func bytes() throws(QuarantineReason) -> [UInt8] {
        if let exclusion { throw exclusion }
        do {
            return [UInt8](try Data(contentsOf: url, options: .mappedIfSafe))
        } catch CocoaError.fileReadNoPermission {
            throw QuarantineReason(.unreadableFile, "this user may not read the file")
        } catch {
            throw QuarantineReason(.unreadableFile, "the file cannot be opened or read")
        }
    }

    /// The first bytes of the file, at most so many; nil if it is not read.
    func beginning(of count: Int) -> [UInt8]? {
        guard exclusion == nil, let handle = try? FileHandle(forReadingFrom: url) else {
            return nil
        }
        defer { try? handle.close() }
        return (try? handle.read(upToCount: count)).map { [UInt8]($0) }
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
