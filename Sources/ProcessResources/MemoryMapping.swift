/// A mapping of `/proc/self/smaps` (proc(5)), as far as it decides what may be given back.
package struct MemoryMapping: Sendable, Hashable {
    /// The addresses.
    package let range: Range<UInt>
    /// `r-xp` and so on.
    package let permissions: Substring
    /// The file; empty for memory without one.
    package let path: Substring
    /// Kibibytes that are in memory.
    package private(set) var resident = 0
    /// Kibibytes that exist nowhere but in this process: written, or swapped out.
    package private(set) var own = 0

    /// Reads the first line of a mapping; nil of any other line.
    private init?(line: Substring) {
        let fields = line.split(separator: " ", maxSplits: 5, omittingEmptySubsequences: true)
        guard fields.count >= 5 else { return nil }
        let ends = fields[0].split(separator: "-")
        guard ends.count == 2, let start = UInt(ends[0], radix: 16),
            let end = UInt(ends[1], radix: 16), start <= end
        else { return nil }
        range = start..<end
        permissions = fields[1]
        path = fields.count == 6 ? fields[5].drop { $0 == " " } : ""
    }

    /// The mappings of a text, in its order.
    package static func all(in smaps: String) -> [MemoryMapping] {
        var mappings: [MemoryMapping] = []
        for line in smaps.split(separator: "\n") {
            if let mapping = MemoryMapping(line: line) {
                mappings.append(mapping)
            } else if !mappings.isEmpty {
                mappings[mappings.count - 1].add(figure: line)
            }
        }
        return mappings
    }

    private mutating func add(figure line: Substring) {
        let fields = line.split(separator: " ", omittingEmptySubsequences: true)
        guard fields.count == 3, let kibibytes = Int(fields[1]) else { return }
        switch fields[0] {
        case "Rss:": resident += kibibytes
        case "Anonymous:", "Private_Dirty:", "Swap:": own += kibibytes
        default: break
        }
    }

    /// The mappings of programs and libraries whose every byte can be read from their file again.
    ///
    /// Other files are left alone: they may be unmapped, and their addresses used anew, at any time.
    package static func reloadable(in smaps: String) -> [MemoryMapping] {
        let all = all(in: smaps)
        let programs = Set(
            all.filter { $0.path.hasPrefix("/") && $0.permissions.contains("x") }.map(\.path)
        )
        return all.filter {
            programs.contains($0.path) && !$0.permissions.contains("w") && $0.own == 0
                && $0.resident > 0
        }
    }
}
