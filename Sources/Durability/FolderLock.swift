package import Foundation
import Synchronization

/// The right to work on a folder: one process at a time, given back when it ends, however.
package final class FolderLock: Sendable {
    /// Why the lock was not taken.
    package enum Refusal: Error, Sendable, Hashable {
        /// The lock's file cannot be opened, for the system's reason.
        case unusable(path: String, reason: String)
        /// The process that has it; nil where it left no id.
        case held(by: Int?)
    }

    private let descriptor: Mutex<Int32?>

    /// Takes the lock without waiting.
    package init(_ file: URL) throws(Refusal) {
        let path = file.path
        let lock = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else {
            throw .unusable(path: path, reason: unsafe String(cString: strerror(errno)))
        }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            _ = close(lock)
            throw .held(
                by: (try? String(contentsOfFile: path, encoding: .utf8)).flatMap { Int($0) }
            )
        }
        descriptor = Mutex(lock)
        let text = Array("\(ProcessInfo.processInfo.processIdentifier)".utf8)
        _ = ftruncate(lock, 0)
        _ = unsafe pwrite(lock, text, text.count, 0)
    }

    deinit { release() }

    /// Gives the lock back; again does nothing.
    package func release() {
        descriptor.withLock { file in
            if let file { _ = close(file) }
            file = nil
        }
    }

    /// Whether some process has the lock now.
    package static func isHeld(_ file: URL) -> Bool {
        let lock = unsafe open(file.path, O_RDWR | O_CLOEXEC)
        guard lock >= 0 else { return false }
        defer { _ = close(lock) }
        return flock(lock, LOCK_EX | LOCK_NB) != 0
    }
}
