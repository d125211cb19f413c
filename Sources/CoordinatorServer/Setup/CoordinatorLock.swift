import Durability
import Foundation
import WireProtocol

/// The right to serve a coordinator's folder: one process at a time.
package final class CoordinatorLock: Sendable {
    private let lock: FolderLock

    /// Takes the lock without waiting.
    ///
    /// - Throws: ``CoordinatorError`` naming the process that has it.
    package init(_ folder: CoordinatorFolder) throws {
        do throws(FolderLock.Refusal) {
            lock = try FolderLock(folder.lock)
        } catch {
            switch error {
            case .held(let owner):
                throw CoordinatorError(
                    .internal,
                    "another fedcoordinator (process \(owner.map { "\($0)" } ?? "unknown"))"
                        + " serves \(folder.root.path); stop it first: two would undo each"
                        + " other's work",
                    exitStatus: 75
                )
            case .unusable(let path, let reason):
                throw CoordinatorError.configuration(
                    "\(path) cannot be opened: \(reason); this user has to be able to write there"
                )
            }
        }
    }

    /// Gives the lock back before the process ends.
    package func release() { lock.release() }

    /// Whether some process serves a folder now.
    package static func isHeld(_ folder: CoordinatorFolder) -> Bool {
        FolderLock.isHeld(folder.lock)
    }
}
