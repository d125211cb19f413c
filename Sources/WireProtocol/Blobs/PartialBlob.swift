package import Federation
package import Foundation
import Synchronization
import struct Crypto.SHA256

/// A blob on its way, at either end: a file of its full size, and a journal of the parts that are there.
///
/// A part is journalled only after all its bytes were written. Nothing is synced before ``finish()``:
/// after a crash of the process the kernel still has every byte, and after a power cut a part
/// journalled with its digest is believed only if its bytes still have it. The whole is hashed in
/// order while later parts still arrive.
package final class PartialBlob: Sendable {
    /// The digest the whole must have.
    package let digest: SHA256Digest
    /// How the whole is cut.
    package let parts: BlobParts
    private let folder: URL
    private let progress: Mutex<Progress>
    private let hashing = Mutex(WholeHash())

    private struct Progress {
        var present: [Bool]
        var writers: [Int: CurrentWriter] = [:]
        var isOver = false
    }

    /// The writer that may write a part, for as long as somebody else keeps it.
    private struct CurrentWriter {
        weak var writer: PartWriter?
    }

    private struct WholeHash {
        var state = SHA256()
        var parts = 0
    }

    /// Begins a blob in a folder of its own, or resumes it if the folder has a journal.
    ///
    /// - Parameters:
    ///   - folder: a folder for this blob alone.
    ///   - digest: the SHA-256 of the whole.
    ///   - parts: how it is cut.
    ///   - spare: gives a file that nobody needs any more the name of ours; its place on the disk
    ///     and in memory is then overwritten, at half the cost of a new one.
    /// - Throws: ``BlobFailure`` `otherSize` if it was begun with another size or part size.
    package init(
        in folder: URL,
        digest: SHA256Digest,
        parts: BlobParts,
        spare: (URL) -> Bool = { _ in false }
    ) throws(BlobFailure) {
        self.digest = digest
        self.parts = parts
        self.folder = folder
        let journal = PartJournal(folder)
        var present = [Bool](repeating: false, count: parts.count)
        if let entries = try journal.read(parts) {
            for entry in entries where try Self.isIntact(entry, parts, folder) {
                present[entry.part] = true
            }
        } else {
            try Self.makeFile(folder, parts, spare)
            try journal.begin(parts)
        }
        progress = Mutex(Progress(present: present))
    }

    /// The size and part size with which a blob was begun in a folder; nil if none was.
    package static func parts(in folder: URL) -> BlobParts? { PartJournal(folder).parts }

    /// The parts that are there, ascending.
    package var partsPresent: [Int] {
        progress.withLock { progress in progress.present.indices.filter { progress.present[$0] } }
    }

    /// Whether a part is there.
    package func has(_ part: Int) -> Bool { progress.withLock { $0.present[part] } }

    /// Removes the folder; writers still at work fail.
    package func discard() {
        let writers = progress.withLock { progress in
            progress.isOver = true
            return progress.writers.values.compactMap(\.writer)
        }
        for writer in writers { writer.revoke() }
        try? FileManager.default.removeItem(at: folder)
    }

    /// Begins to write a part, taking it over from a writer that has not finished it; blocking.
    ///
    /// Bytes for a part that is there are checked but not written.
    ///
    /// - Parameters:
    ///   - part: its number.
    ///   - isDigested: whether the part's digest is computed and journalled.
    /// - Returns: the writer, which alone may write the part.
    /// - Throws: ``BlobFailure`` `noSuchPart` or `fileAccess`.
    package func writer(of part: Int, isDigested: Bool) throws(BlobFailure) -> PartWriter {
        guard let range = parts.range(of: part) else { throw .noSuchPart }
        let writer = PartWriter(
            blob: self,
            file: try FileBytes(writing: Self.file(folder)),
            part: part,
            range: range,
            isWritten: !has(part),
            isDigested: isDigested
        )
        let former = progress.withLock { progress in
            let former = progress.writers[part]?.writer
            progress.writers[part] = CurrentWriter(writer: writer)
            return former
        }
        // Waits for a write under way, so that nothing of it lands after ours.
        former?.revoke()
        return writer
    }

    /// Counts a part whose bytes are all written.
    func completed(
        _ part: Int,
        by writer: PartWriter,
        sha256: SHA256Digest?
    ) throws(BlobFailure) {
        try progress.withLock { progress throws(BlobFailure) in
            guard progress.writers[part]?.writer === writer, !progress.isOver
            else { throw .superseded }
            try PartJournal(folder).append(.init(part: part, sha256: sha256))
            progress.present[part] = true
            progress.writers[part] = nil
        }
    }

    /// Hashes what can be hashed in order; returns at once if another thread is at it.
    package func advance() throws(BlobFailure) {
        _ = try hashing.withLockIfAvailable { hash throws(BlobFailure) in try advance(&hash) }
    }

    /// Brings what is there to the disk, so that ``finish(isDurable:)`` has less to wait for.
    package func flush() throws(BlobFailure) {
        try FileBytes(writing: Self.file(folder)).synchronize()
    }

    /// Hashes the rest and checks the whole.
    ///
    /// - Parameter isDurable: whether it returns only when every byte is on the disk.
    /// - Returns: the file, to be renamed by the caller.
    /// - Throws: ``BlobFailure`` `incomplete`, or `otherDigest` after removing everything.
    package func finish(isDurable: Bool = true) throws(BlobFailure) -> URL {
        let found = try hashing.withLock { hash throws(BlobFailure) -> SHA256Digest? in
            try advance(&hash)
            return hash.parts == parts.count ? SHA256Digest(finalized: hash.state.finalize()) : nil
        }
        guard let found else { throw .incomplete }
        guard found == digest else {
            discard()
            throw .otherDigest
        }
        let file = Self.file(folder)
        if isDurable { try FileBytes(writing: file).synchronize() }
        return file
    }

    private func advance(_ hash: inout WholeHash) throws(BlobFailure) {
        var file: FileBytes?
        while hash.parts < parts.count, has(hash.parts), let range = parts.range(of: hash.parts) {
            let open = if let file { file } else { try FileBytes(reading: Self.file(folder)) }
            file = open
            try open.hash(range, into: &hash.state)
            hash.parts += 1
        }
    }

    private static func file(_ folder: URL) -> URL { folder.appending(path: "whole") }

    private static func makeFile(
        _ folder: URL,
        _ parts: BlobParts,
        _ spare: (URL) -> Bool
    ) throws(BlobFailure) {
        do {
            try FileManager.default.createDirectory(
                at: folder,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw .fileAccess
        }
        let file = file(folder)
        let bytes = spare(file) ? try FileBytes(writing: file) : try FileBytes(creating: file)
        try bytes.reserve(parts.bytes)
    }

    private static func isIntact(
        _ entry: PartJournal.Entry,
        _ parts: BlobParts,
        _ folder: URL
    ) throws(BlobFailure) -> Bool {
        guard let range = parts.range(of: entry.part) else { return false }
        guard let expected = entry.sha256 else { return true }
        var hash = SHA256()
        try FileBytes(reading: file(folder)).hash(range, into: &hash)
        return SHA256Digest(finalized: hash.finalize()) == expected
    }
}
