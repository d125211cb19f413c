import Durability
import Foundation

/// The output of a run, in which every file is whole and one program works at a time.
final class RunOutput: Sendable {
    /// The folder.
    let root: URL
    private let lock: FolderLock

    private var work: URL { root.appending(path: ".fedagent") }

    /// Makes the folder if it is not there, takes it, and removes what a crash left half-written.
    ///
    /// - Throws: ``AgentError`` `bad-configuration` if it cannot be made, `try-again` while another
    ///   program has it.
    init(_ root: URL) throws {
        self.root = root
        let work = root.appending(path: ".fedagent")
        let manager = FileManager.default
        do {
            try manager.createDirectory(at: work, withIntermediateDirectories: true)
        } catch {
            throw AgentError(
                .badConfiguration,
                "\(root.path) cannot be made",
                hint: "check that the folder above belongs to this user"
            )
        }
        do throws(FolderLock.Refusal) {
            lock = try FolderLock(work.appending(path: "lock"))
        } catch {
            switch error {
            case .unusable(let path, let reason):
                throw AgentError(
                    .badConfiguration,
                    "\(path) cannot be opened: \(reason)",
                    hint: "check that \(root.path) belongs to this user"
                )
            case .held(let owner):
                throw AgentError(
                    .tryAgain,
                    "another fedagent (process \(owner.map { "\($0)" } ?? "unknown")) writes to"
                        + " \(root.path)",
                    hint: "wait until it is done, or name another output"
                )
            }
        }
        for name in (try? manager.contentsOfDirectory(atPath: work.path)) ?? []
        where name.hasSuffix(Self.unfinished) {
            try? manager.removeItem(at: work.appending(path: name))
        }
    }

    private static let unfinished = ".part"

    /// Writes a file under another name first, so that a file that is there is whole.
    ///
    /// - Throws: ``AgentError`` `failed`.
    func write(_ bytes: [UInt8], to path: String) throws {
        let target = root.appending(path: path)
        let part = work.appending(path: UUID().uuidString + Self.unfinished)
        do {
            try FileManager.default.createDirectory(
                at: target.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(bytes).write(to: part)
        } catch {
            try? FileManager.default.removeItem(at: part)
            throw Self.failure(target)
        }
        guard unsafe rename(part.path, target.path) == 0 else { throw Self.failure(target) }
    }

    /// Gives the folder back.
    func release() { lock.release() }

    private static func failure(_ target: URL) -> AgentError {
        AgentError(
            .failed,
            "\(target.path) cannot be written",
            hint: "is the disk full? run it again afterwards: what is done stays"
        )
    }
}
