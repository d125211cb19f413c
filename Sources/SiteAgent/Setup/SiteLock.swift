import Foundation
import Synchronization

/// The right to work on a site's folder: one process at a time, given back when it ends, however.
package final class SiteLock: Sendable {
    private let descriptor: Mutex<Int32?>

    /// Takes the lock without waiting.
    ///
    /// - Throws: ``AgentError`` `try-again` naming the process that has it.
    package convenience init(_ folder: SiteFolder) throws {
        try self.init(folder.lock, of: "works on \(folder.root.path)")
    }

    /// Takes the right to fetch images for a site; other work goes on beside it.
    ///
    /// - Throws: ``AgentError`` `try-again` naming the process that has it.
    package convenience init(pullingFor folder: SiteFolder) throws {
        try self.init(folder.pullLock, of: "fetches images for \(folder.root.path)")
    }

    private init(_ url: URL, of work: String) throws {
        let path = url.path
        let file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw AgentError(
                .badConfiguration,
                "\(path) cannot be opened",
                hint: "check that the folder exists and belongs to this user"
            )
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            close(file)
            let owner = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
            throw AgentError(
                .tryAgain,
                "another fedagent (process \(owner.isEmpty ? "unknown" : owner)) \(work)",
                hint: "stop it, or wait until it is done; two would undo each other's work"
            )
        }
        descriptor = Mutex(file)
        let text = Array("\(ProcessInfo.processInfo.processIdentifier)".utf8)
        _ = ftruncate(file, 0)
        _ = unsafe pwrite(file, text, text.count, 0)
    }

    deinit { release() }

    /// Gives the lock back; again does nothing.
    package func release() {
        descriptor.withLock { file in
            if let file { close(file) }
            file = nil
        }
    }

    /// Whether some process has the lock of a folder now.
    package static func isHeld(_ folder: SiteFolder) -> Bool {
        let file = unsafe open(folder.lock.path, O_RDWR | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        return flock(file, LOCK_EX | LOCK_NB) != 0
    }
}
