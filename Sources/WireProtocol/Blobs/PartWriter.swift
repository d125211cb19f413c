package import Crypto
import Federation
import Synchronization

/// Writes one part of a blob in pieces, in order, hashing each piece while it is in the cache.
package final class PartWriter: Sendable {
    private let blob: PartialBlob
    private let file: FileBytes
    private let part: Int
    private let range: Range<Int>
    /// False for a part that is there: its bytes are only checked.
    private let isWritten: Bool
    private let state: Mutex<State>

    private struct State {
        var position: Int
        var hash: SHA256?
        var isRevoked = false
    }

    init(
        blob: PartialBlob,
        file: FileBytes,
        part: Int,
        range: Range<Int>,
        isWritten: Bool,
        isDigested: Bool
    ) {
        self.blob = blob
        self.file = file
        self.part = part
        self.range = range
        self.isWritten = isWritten
        state = Mutex(State(position: range.lowerBound, hash: isDigested ? SHA256() : nil))
    }

    /// The part's size in bytes.
    package var byteCount: Int { range.count }

    /// Takes the part away from this writer, after a write that is under way.
    func revoke() { state.withLock { $0.isRevoked = true } }

    /// Writes the next bytes; blocking.
    ///
    /// - Throws: ``BlobFailure`` `otherPartSize` before anything beyond the part is written,
    ///   `superseded` when another writer has begun the same part.
    package func append(_ bytes: UnsafeRawBufferPointer) throws(BlobFailure) {
        try state.withLock { state throws(BlobFailure) in
            guard !state.isRevoked else { throw .superseded }
            guard bytes.count <= range.upperBound - state.position else { throw .otherPartSize }
            unsafe state.hash?.update(bufferPointer: bytes)
            if isWritten { try unsafe file.write(bytes, at: state.position) }
            state.position += bytes.count
        }
    }

    /// Counts the part, if its size is right and its digest the stated one; blocking.
    ///
    /// - Parameter expected: whether a digest is the stated one; needs a writer that digests.
    /// - Throws: ``BlobFailure`` `otherPartSize`, `otherDigest`, `superseded` or `fileAccess`.
    package func finish(
        matching expected: (SHA256.Digest) -> Bool = { _ in true }
    ) throws(BlobFailure) {
        let digest = try state.withLock { state throws(BlobFailure) -> SHA256.Digest? in
            guard !state.isRevoked else { throw .superseded }
            guard state.position == range.upperBound else { throw .otherPartSize }
            return state.hash?.finalize()
        }
        if let digest, !expected(digest) { throw .otherDigest }
        guard isWritten else { return }
        try blob.completed(
            part,
            by: self,
            sha256: digest.map { Federation.SHA256Digest(finalized: $0) }
        )
    }
}
