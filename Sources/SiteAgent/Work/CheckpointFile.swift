import Durability
import Foundation
import Synchronization
import Tensors
import Training

/// The checkpoint of the one piece of training under way, as a file that is replaced whole.
final class CheckpointFile: TrainingCheckpoints {
    private let url: URL
    private let identity: String
    private let interval: Duration
    private let last = Mutex(ContinuousClock.now)

    /// - Parameters:
    ///   - url: The file.
    ///   - identity: Names the piece of training by all that its bits depend on.
    ///   - interval: At most this much work is lost.
    init(_ url: URL, identity: String, interval: Duration) {
        self.url = url
        self.identity = identity
        self.interval = interval
    }

    func latest() throws -> TrainingCheckpoint? {
        // One that cannot be read is of no use; training then begins anew, to the same bits.
        guard let file = try? SafetensorsFile(url, limits: .standard),
            file.header.metadata["identity"] == identity,
            let tensors = try? Safetensors.read(from: url)
        else { return nil }
        return TrainingCheckpoint(
            tensors: tensors,
            metadata: file.header.metadata,
            identity: identity
        )
    }

    func isDue(afterStep step: Int) -> Bool {
        last.withLock { last in
            guard last.duration(to: .now) >= interval else { return false }
            last = .now
            return true
        }
    }

    func keep(_ checkpoint: TrainingCheckpoint) throws {
        let content = checkpoint.content(identity: identity)
        try Safetensors.write(content.tensors, metadata: content.metadata, to: url)
        CrashPoint.checkpointKept.pass()
    }
}
