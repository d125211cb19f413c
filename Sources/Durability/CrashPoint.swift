package import Foundation
import Synchronization

/// A moment at which a test may kill the process: just before or after something becomes durable.
///
/// Only a program that calls ``arm(_:trace:)`` can be killed; the programs of this package that
/// users run never call it, and no argument, file or environment variable makes them. There, a
/// passing costs one load beside a sync to the disk.
package enum CrashPoint: String, Sendable, Hashable, CaseIterable {
    // Either party: transactions and files.
    case commitBegun = "commit.begun"
    case committed = "commit.done"
    case fileWritten = "file.written"
    case fileSynced = "file.synced"
    case fileRenamed = "file.renamed"
    case partJournalled = "part.journalled"

    // The coordinator.
    case runTakenUp = "coordinator.run.taken-up"
    case uploadStored = "coordinator.upload.stored"
    case updateChecked = "coordinator.update.checked"
    case updateCounted = "coordinator.update.counted"
    case modelComputed = "coordinator.model.computed"
    case modelStored = "coordinator.model.stored"
    case roundClosed = "coordinator.round.closed"
    case blobRetired = "coordinator.blob.retired"
    case metricsKept = "coordinator.metrics.kept"
    case runEnded = "coordinator.run.ended"

    // The agent.
    case planAnswered = "agent.plan.answered"
    case modelFetched = "agent.model.fetched"
    case checkpointKept = "agent.checkpoint.kept"
    case residualKept = "agent.residual.kept"
    case deltaWritten = "agent.delta.written"
    case trainingSaved = "agent.training.saved"
    case updateUploaded = "agent.update.uploaded"
    case updateAnswered = "agent.update.answered"
    case deliveryRecorded = "agent.delivery.recorded"
    case scoresSaved = "agent.scores.saved"
    case scoresSent = "agent.scores.sent"

    /// Which passing kills.
    package enum Trigger: Sendable, Hashable {
        /// The n-th passing of one point, from 1.
        case point(CrashPoint, passing: Int)
        /// The k-th passing of any point, from 1.
        case write(Int)
    }

    private struct Armed {
        let trigger: Trigger?
        let trace: Int32?
        var passings: [CrashPoint: Int] = [:]
        var writes = 0

        mutating func isDue(_ point: CrashPoint) -> Bool {
            passings[point, default: 0] += 1
            writes += 1
            return switch trigger {
            case .point(point, let passing): passings[point] == passing
            case .write(let count): writes == count
            case .point, nil: false
            }
        }
    }

    private static let isArmed = Atomic<Bool>(false)
    private static let armed = Mutex<Armed?>(nil)

    /// Makes this process die where a trigger says, as by `kill -9`.
    ///
    /// - Parameters:
    ///   - trigger: where; nil only traces.
    ///   - trace: a file to which every passing adds the point's name as a line.
    package static func arm(_ trigger: Trigger?, trace: URL? = nil) {
        let file = trace.map { unsafe open($0.path, O_WRONLY | O_CREAT | O_APPEND, 0o600) }
        armed.withLock { $0 = Armed(trigger: trigger, trace: file) }
        isArmed.store(true, ordering: .releasing)
    }

    /// Passes the point.
    package func pass() {
        guard Self.isArmed.load(ordering: .acquiring) else { return }
        Self.armed.withLock { armed in
            if let trace = armed?.trace {
                let line = Array((rawValue + "\n").utf8)
                _ = unsafe write(trace, line, line.count)
            }
            // Under the lock: no other thread gets further than its own point.
            if armed?.isDue(self) ?? false { _ = kill(getpid(), SIGKILL) }
        }
    }
}
