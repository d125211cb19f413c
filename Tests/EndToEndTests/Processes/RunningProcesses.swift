import Foundation

/// What runs on this machine, read from /proc.
enum RunningProcesses {
    /// A process and its command line.
    struct Entry {
        let id: pid_t
        let parent: pid_t
        let command: String
    }

    /// Processes whose command line contains a text.
    static func naming(_ text: String) -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return names.compactMap { pid_t($0) }.sorted().compactMap(entry)
            .filter { $0.command.contains(text) }
    }

    private static func entry(_ id: pid_t) -> Entry? {
        guard let command = read("/proc/\(id)/cmdline"), let stat = read("/proc/\(id)/stat"),
            let end = stat.lastIndex(of: ")")
        else { return nil }
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        // A zombie has ended; it only waits to be asked for its status.
        guard fields.count > 1, fields[0] != "Z", let parent = pid_t(fields[1]) else { return nil }
        return Entry(
            id: id,
            parent: parent,
            command: command.replacing("\0", with: " ")
        )
    }

    private static func read(_ path: String) -> String? {
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: data, as: UTF8.self)
    }
}
