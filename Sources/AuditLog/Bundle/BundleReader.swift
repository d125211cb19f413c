import Foundation

/// Reads a bundle in one pass with bounded memory.
struct BundleReader {
    /// The name of the log.
    private(set) var log = ""
    /// The signed checkpoints as they stand in the file.
    private(set) var notes: [[UInt8]] = []

    private let handle: FileHandle
    private var buffer: [UInt8] = []
    private var position = 0
    private var isAtEnd = false

    /// The longest record.
    static let leafMaxBytes = 64 << 10
    /// The most checkpoints.
    static let notesMax = 100_000

    /// Opens a bundle and reads up to the first record; throws `noBundle` or `fileAccess`.
    init(_ url: URL) throws(AuditLogError) {
        guard let handle = try? FileHandle(forReadingFrom: url) else {
            throw AuditLogError(.fileAccess, field: url.lastPathComponent)
        }
        self.handle = handle
        guard let line = try line(),
            case let words = String(decoding: line, as: UTF8.self).split(separator: " "),
            words.count == 2, words[0] == AuditBundle.format
        else { throw AuditLogError(.noBundle, field: "first line") }
        log = String(words[1])
        while let count = try checkpointLength() {
            guard notes.count < Self.notesMax else { throw AuditLogError(.noBundle) }
            notes.append(try bytes(count))
        }
    }

    /// The next record; nil at the end.
    mutating func leaf() throws(AuditLogError) -> [UInt8]? { try line() }

    private mutating func checkpointLength() throws(AuditLogError) -> Int? {
        try fill(atLeast: 32)
        let word = Array("checkpoint ".utf8)
        guard buffer.count - position > word.count,
            buffer[position..<position + word.count].elementsEqual(word), let line = try line(),
            let count = Int(String(decoding: line.dropFirst(word.count), as: UTF8.self))
        else { return nil }
        guard (1...SignedNote.lengthMaxBytes).contains(count) else {
            throw AuditLogError(.noBundle, field: "checkpoint")
        }
        return count
    }

    private mutating func bytes(_ count: Int) throws(AuditLogError) -> [UInt8] {
        try fill(atLeast: count)
        guard buffer.count - position >= count else {
            throw AuditLogError(.noBundle, field: "checkpoint")
        }
        defer { position += count }
        return Array(buffer[position..<position + count])
    }

    private mutating func line() throws(AuditLogError) -> [UInt8]? {
        var searched = 0
        while true {
            let start = position + searched
            if let end = buffer[start...].firstIndex(of: 10) {
                defer { position = end + 1 }
                return Array(buffer[position..<end])
            }
            searched = buffer.count - position
            guard searched <= Self.leafMaxBytes else {
                throw AuditLogError(.noBundle, field: "a line is too long")
            }
            guard !isAtEnd else {
                guard searched > 0 else { return nil }
                defer { position = buffer.count }
                return Array(buffer[position...])
            }
            try fill(atLeast: searched + 1)
        }
    }

    private mutating func fill(atLeast count: Int) throws(AuditLogError) {
        while !isAtEnd && buffer.count - position < count {
            buffer.removeSubrange(..<position)
            position = 0
            let more: Data?
            do {
                more = try handle.read(upToCount: 1 << 20)
            } catch {
                throw AuditLogError(.fileAccess)
            }
            guard let more, !more.isEmpty else {
                isAtEnd = true
                return
            }
            buffer += more
        }
    }
}
