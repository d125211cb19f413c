import Deidentification
import Foundation

/// Everything that lies below a folder, so that nothing is left out unseen; links are not followed.
struct FolderWalk {
    /// Something in the folder that is no folder, or a folder that is not looked into.
    struct Entry: Sendable, Hashable {
        /// The path below the folder.
        let path: String
        /// Size in bytes.
        let size: Int64
        /// When it changed last.
        let modified: Date
        /// Why it is not read; nil for a file.
        let exclusion: QuarantineReason?
    }

    /// What becomes of names that begin with a dot.
    enum HiddenNames {
        /// They are as good as others.
        case read
        /// They are listed and not read: programs that copy write under such names.
        case listed
        /// They are passed over.
        case omitted
    }

    /// The folder.
    let root: URL
    /// What becomes of names that begin with a dot.
    let hiddenNames: HiddenNames

    /// All entries, ascending by path.
    func entries() -> [Entry] {
        var entries: [Entry] = []
        visit("", &entries)
        return entries.sorted { $0.path < $1.path }
    }

    private func visit(_ folder: String, _ entries: inout [Entry]) {
        let manager = FileManager.default
        let place = folder.isEmpty ? root : root.appending(path: folder)
        guard let names = try? manager.contentsOfDirectory(atPath: place.path) else {
            // A folder that went meanwhile holds nothing.
            if manager.fileExists(atPath: place.path) {
                entries.append(Self.excluded(folder, Self.unlisted))
            }
            return
        }
        for (index, name) in names.sorted().enumerated() {
            let path = folder.isEmpty ? name : "\(folder)/\(name)"
            let isHidden = name.hasPrefix(".")
            if isHidden, case .omitted = hiddenNames { continue }
            // What cannot be decoded comes as U+FFFD, by which it cannot be opened.
            if name.contains("\u{FFFD}"), !exists(path) {
                let told = "\(path) (name \(index + 1), not in UTF-8)"
                entries.append(Self.excluded(told, Self.undecodable))
                continue
            }
            guard let entry = entry(path, isHidden, &entries) else { continue }
            entries.append(entry)
        }
    }

    /// The entry of a name; nil for a folder, which is visited, and for what went meanwhile.
    private func entry(_ path: String, _ isHidden: Bool, _ entries: inout [Entry]) -> Entry? {
        let attributes: [FileAttributeKey: Any]
        do {
            attributes = try FileManager.default.attributesOfItem(
                atPath: root.appending(path: path).path
            )
        } catch {
            return exists(path) ? Self.excluded(path, Self.unlisted) : nil
        }
        var isListedOnly = false
        if isHidden, case .listed = hiddenNames { isListedOnly = true }
        switch attributes[.type] as? FileAttributeType {
        case .typeDirectory?:
            if isListedOnly { return Self.excluded(path, Self.hiddenFolder) }
            visit(path, &entries)
            return nil
        case .typeRegular?:
            return Entry(
                path: path,
                size: (attributes[.size] as? NSNumber)?.int64Value ?? 0,
                modified: attributes[.modificationDate] as? Date ?? .distantPast,
                exclusion: isListedOnly ? Self.hiddenFile : nil
            )
        case .typeSymbolicLink?: return Self.excluded(path, Self.link)
        default: return Self.excluded(path, Self.special)
        }
    }

    private func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    private static func excluded(_ path: String, _ reason: QuarantineReason) -> Entry {
        Entry(path: path, size: 0, modified: .distantPast, exclusion: reason)
    }

    /// A folder that cannot be listed.
    static let unlisted = QuarantineReason(
        .unreadableFile,
        "this user may not look into the folder; let it read and enter it"
    )
    private static let undecodable = QuarantineReason(.unreadableFile, "the name is not in UTF-8")
    private static let hiddenFile = QuarantineReason(
        .hiddenFile,
        "the name begins with a dot, as of files that are still being copied"
    )
    private static let hiddenFolder = QuarantineReason(
        .hiddenFile,
        "the name of the folder begins with a dot; it was not looked into"
    )
    private static let link = QuarantineReason(
        .symbolicLink,
        "a link; copy what it points to, links are not followed"
    )
    private static let special = QuarantineReason(
        .specialFile,
        "a pipe, socket or device, not a file"
    )
}
