import NIOCore
import Synchronization

/// Large buffers for a few connections, small ones for all others.
///
/// Up to ten reads of a connection wait for the disk, and TLS keeps buffers as large as the largest
/// read; so the size of reads times the number of connections bounds the memory. Nobody waits for a
/// lane: slow sites cannot keep others from their transfers.
enum FastLane {
    private static let lanes = 8
    private static let fastBytes = 256 * 1024
    private static let slowBytes = 64 * 1024
    private static let taken = Mutex<Set<ObjectIdentifier>>([])
    private static let small = AdaptiveRecvByteBufferAllocator(
        minimum: 1024,
        initial: 4096,
        maximum: 32 * 1024
    )
    private static let large = AdaptiveRecvByteBufferAllocator(
        minimum: 4096,
        initial: 64 * 1024,
        maximum: 256 * 1024
    )

    /// The bytes that a transfer on this connection reads, hashes and writes at once.
    ///
    /// A connection keeps the lane it got until it is closed.
    static func batchBytes(for channel: any Channel) -> Int {
        let id = ObjectIdentifier(channel)
        let (isFast, isNew) = taken.withLock { taken in
            if taken.contains(id) { return (true, false) }
            guard taken.count < lanes else { return (false, true) }
            taken.insert(id)
            return (true, true)
        }
        if isNew {
            _ = channel.setOption(.recvAllocator, value: isFast ? large : small)
            if isFast {
                channel.closeFuture.whenComplete { _ in
                    taken.withLock { _ = $0.remove(id) }
                }
            }
        }
        return isFast ? fastBytes : slowBytes
    }

    /// The bytes that a transfer may write before it waits for its event loop to have seen them.
    static func queuedBytes(forBatches batchBytes: Int) -> Int {
        batchBytes == fastBytes ? 8 * fastBytes : 2 * slowBytes
    }
}
