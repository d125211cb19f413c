import Crypto
import Dispatch
import Foundation
import Synchronization
import Tensors

/// Takes a new model block by block, and hashes and writes it on threads of its own.
///
/// Arithmetic, hash and disk so work at the same time. The bytes and the digest do not depend on their timing.
final class ModelSink: Sendable {
    /// Blocks on their way: bounds the memory when the disk is the slowest.
    static let blocksMax = 16
    /// Bytes between two flushes, so that the last one has little left.
    private static let flushBytes = 16 << 20

    private let hashing = DispatchQueue(label: "model.hash")
    private let writing = DispatchQueue(label: "model.write")
    private let room = DispatchSemaphore(value: blocksMax)
    private let hash: Mutex<SHA256>
    private let output: Mutex<Output>

    private struct Output {
        var writer: SafetensorsWriter?
        var bytesSinceFlush = 0
        var failure: TensorError?
    }

    /// Begins a file, over the one of that name if there is one; it has its name only after ``finish()``.
    init(header: SafetensorsHeader, to url: URL) throws(TensorError) {
        var hash = SHA256()
        hash.update(data: header.encoded)
        self.hash = Mutex(hash)
        let writer = try SafetensorsWriter(header: header, to: url, predecessor: .overwritten)
        output = Mutex(Output(writer: writer))
    }

    /// Takes the next elements.
    ///
    /// - Throws: what an earlier block failed with.
    func append(_ block: [Float]) throws(TensorError) {
        if let failure = output.withLock({ $0.failure }) { throw failure }
        room.wait()
        let pending = DispatchGroup()
        hashing.async(group: pending) {
            self.hash.withLock { hash in
                unsafe block.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
            }
        }
        writing.async(group: pending) { self.write(block) }
        pending.notify(queue: hashing) { self.room.signal() }
    }

    private func write(_ block: [Float]) {
        output.withLock { output in
            guard output.failure == nil, let writer = output.writer else { return }
            do throws(TensorError) {
                try writer.append(block)
                output.bytesSinceFlush += 4 * block.count
                guard output.bytesSinceFlush >= Self.flushBytes else { return }
                output.bytesSinceFlush = 0
                try writer.flush()
            } catch {
                output.failure = error
            }
        }
    }

    /// Gives up: when this returns, nothing of the file is left.
    func abandon() {
        writing.sync {}
        output.withLock { $0.writer = nil }
    }

    /// Waits for all blocks and makes the file durable under its name; returns its digest.
    func finish() throws(TensorError) -> SHA256Digest {
        hashing.sync {}
        writing.sync {}
        try output.withLock { output throws(TensorError) in
            if let failure = output.failure { throw failure }
            try output.writer?.finish()
        }
        return SHA256Digest(finalized: hash.withLock { $0.finalize() })
    }
}
