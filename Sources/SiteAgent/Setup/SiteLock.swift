import Durability
import Foundation

/// The right to work on a site's folder: one process at a time, given back when it ends, however.
package final class SiteLock: Sendable {
    private let lock: FolderLock

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

    private init(_ file: URL, of work: String) throws {
        do throws(FolderLock.Refusal) {
            lock = try FolderLock(file)
        } catch {
            switch error {
            case .unusable(let path, let reason):
                throw AgentError(
                    .badConfiguration,
                    "\(path) cannot be opened: \(reason)",
                    hint: "check that the folder exists and belongs to this user"
                )
            case .held(let owner):
                throw AgentError(
                    .tryAgain,
                    "another fedagent (process \(owner.map { "\($0)" } ?? "unknown")) \(work)",
                    hint: "stop it, or wait until it is done; two would undo each other's work"
                )
            }
        }
    }

    /// Gives the lock back; again does nothing.
    package func release() { lock.release() }

    /// Whether some process has the lock of a folder now.
    package static func isHeld(_ folder: SiteFolder) -> Bool { FolderLock.isHeld(folder.lock) }
}
