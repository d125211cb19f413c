import Foundation

/// A file that could not be made durable: what failed, at which path, and the system's reason.
package struct StorageFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What was tried.
    package enum Step: String, Sendable, Hashable {
        case create = "created"
        case write = "written"
        /// The process must stop: what the kernel could not write it may have dropped, and a second
        /// sync would say that all is well.
        case sync = "synced"
        case rename = "renamed into place"
    }

    /// What was tried.
    package let step: Step
    /// The file or folder.
    package let path: String
    /// The system's reason.
    package let reason: String
    /// Whether the disk had no room.
    package let isFull: Bool

    /// The failure of the system call that has just failed.
    package init(_ step: Step, _ path: String, code: Int32 = errno) {
        self.step = step
        self.path = path
        reason = unsafe String(cString: strerror(code))
        isFull = code == ENOSPC || code == EDQUOT
    }

    /// One sentence.
    package var description: String { "\(path) cannot be \(step.rawValue): \(reason)" }
}
