import Federation
import Foundation
import Testing
import WireProtocol

/// Blobs on their way: writers, journal, whole.
@Suite struct PartialBlobTests {
    private let folder = FileManager.default.temporaryDirectory.appending(
        path: "partial-\(UUID())"
    )
    private let bytes = (0..<2500).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    private var parts: BlobParts { BlobParts(bytes: bytes.count, partBytes: 1000) }

    private func blob(_ digest: SHA256Digest? = nil) throws -> PartialBlob {
        try PartialBlob(in: folder, digest: digest ?? SHA256Digest(hashing: bytes), parts: parts)
    }

    private func put(_ part: Int, in blob: PartialBlob, isDigested: Bool = true) throws {
        let writer = try blob.writer(of: part, isDigested: isDigested)
        guard let range = parts.range(of: part) else { return }
        try unsafe bytes[range].withUnsafeBytes { try unsafe writer.append($0) }
        try writer.finish()
    }

    @Test func `parts in any order make the whole`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let blob = try blob()
        for part in [2, 0] {
            try put(part, in: blob)
            try blob.advance()
        }
        #expect(throws: BlobFailure.incomplete) { try blob.finish() }
        try put(1, in: blob)
        #expect(try Data(contentsOf: blob.finish()) == Data(bytes))
    }

    @Test func `the later of two writers of a part wins`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let blob = try blob()
        let late = try blob.writer(of: 0, isDigested: true)
        try unsafe [UInt8](repeating: 9, count: 10).withUnsafeBytes {
            try unsafe late.append($0)
        }
        try put(0, in: blob)
        let failure = #expect(throws: BlobFailure.self) {
            try unsafe [UInt8](repeating: 9, count: 990).withUnsafeBytes {
                try unsafe late.append($0)
            }
        }
        #expect(failure == .superseded)
        try put(1, in: blob)
        try put(2, in: blob)
        #expect(try Data(contentsOf: blob.finish()) == Data(bytes))
    }

    @Test func `bytes for a part that is there are checked and not written`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let blob = try blob()
        for part in 0..<3 { try put(part, in: blob) }
        let again = try blob.writer(of: 1, isDigested: true)
        try unsafe [UInt8](repeating: 9, count: 1000).withUnsafeBytes {
            try unsafe again.append($0)
        }
        #expect(throws: BlobFailure.otherDigest) { try again.finish { _ in false } }
        #expect(try Data(contentsOf: blob.finish()) == Data(bytes))
    }

    @Test func `too many and too few bytes are not a part`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let blob = try blob()
        let writer = try blob.writer(of: 2, isDigested: true)
        #expect(throws: BlobFailure.otherPartSize) {
            try unsafe bytes[..<501].withUnsafeBytes { try unsafe writer.append($0) }
        }
        #expect(throws: BlobFailure.otherPartSize) { try writer.finish() }
        #expect(throws: BlobFailure.noSuchPart) { try blob.writer(of: 3, isDigested: true) }
        #expect(blob.partsPresent.isEmpty)
    }

    @Test func `another whole takes everything away`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let blob = try blob(SHA256Digest(hashing: [0]))
        for part in 0..<3 { try put(part, in: blob) }
        #expect(throws: BlobFailure.otherDigest) { try blob.finish() }
        #expect(!FileManager.default.fileExists(atPath: folder.path))
    }

    @Test func `a journal cut inside a line loses only that line`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let before = try blob()
        for part in 0..<2 { try put(part, in: before) }
        let journal = folder.appending(path: "journal")
        let text = try String(contentsOf: journal, encoding: .utf8)
        try String(text.dropLast(5)).write(to: journal, atomically: false, encoding: .utf8)
        #expect(try blob().partsPresent == [0])
    }

    @Test func `a journal of another size is refused`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try blob()
        #expect(throws: BlobFailure.otherSize) {
            _ = try PartialBlob(
                in: folder,
                digest: SHA256Digest(hashing: bytes),
                parts: BlobParts(bytes: 2400, partBytes: 1000)
            )
        }
    }

    @Test func `a spare file is overwritten and cut to size`() throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let old = folder.appendingPathExtension("old")
        try Data([UInt8](repeating: 1, count: 9999)).write(to: old)
        let blob = try PartialBlob(
            in: folder,
            digest: SHA256Digest(hashing: bytes),
            parts: parts
        ) { target in
            (try? FileManager.default.moveItem(at: old, to: target)) != nil
        }
        for part in 0..<3 { try put(part, in: blob) }
        #expect(try Data(contentsOf: blob.finish()) == Data(bytes))
    }
}
