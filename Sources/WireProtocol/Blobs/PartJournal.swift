import Durability
import Federation
import Foundation

/// Which parts of a blob are there: a text file, one line a part, that only grows.
///
/// First line: `parts/1 <bytes> <part bytes>`; then `<part> <sha256 or ->` each. A last line
/// without its end was cut by a crash and does not count.
struct PartJournal {
    /// A part whose bytes were all written.
    struct Entry: Sendable, Hashable {
        let part: Int
        /// Its digest, where it was computed.
        let sha256: SHA256Digest?
    }

    private let url: URL

    init(_ folder: URL) { url = folder.appending(path: "journal") }

    /// The cut that the first line tells; nil without a journal.
    var parts: BlobParts? {
        guard let lines else { return nil }
        let fields = (lines.first ?? "").split(separator: " ")
        guard fields.count == 3, fields[0] == "parts/1",
            let bytes = Int(fields[1]), let partBytes = Int(fields[2]), bytes > 0, partBytes > 0
        else { return nil }
        return BlobParts(bytes: bytes, partBytes: partBytes)
    }

    /// The parts of a journal begun with this cut; nil without a journal.
    func read(_ parts: BlobParts) throws(BlobFailure) -> [Entry]? {
        guard let known = self.parts else { return nil }
        guard known == parts else { throw .otherSize }
        return (lines ?? []).dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count == 2, let part = Int(fields[0]) else { return nil }
            if fields[1] == "-" { return Entry(part: part, sha256: nil) }
            return SHA256Digest(rawValue: String(fields[1])).map {
                Entry(part: part, sha256: $0)
            }
        }
    }

    /// Writes the first line.
    func begin(_ parts: BlobParts) throws(BlobFailure) {
        try append(line: "parts/1 \(parts.bytes) \(parts.partBytes)", flags: O_CREAT | O_TRUNC)
    }

    /// Adds a part.
    func append(_ entry: Entry) throws(BlobFailure) {
        try append(line: "\(entry.part) \(entry.sha256?.rawValue ?? "-")", flags: 0)
    }

    private func append(line: String, flags: Int32) throws(BlobFailure) {
        let descriptor = unsafe open(url.path, O_WRONLY | O_APPEND | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else { throw .fileAccess }
        defer { _ = close(descriptor) }
        let bytes = Array((line + "\n").utf8)
        guard unsafe Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
            throw .fileAccess
        }
        CrashPoint.partJournalled.pass()
    }

    /// The whole lines; nil without a journal.
    private var lines: [Substring]? {
        guard let text = try? String(contentsOf: url, encoding: .utf8) else { return nil }
        return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
    }
}
