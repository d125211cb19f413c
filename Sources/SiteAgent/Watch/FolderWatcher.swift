import Foundation
import NIOPosix

/// Looks at the folders of a site again and again and tells when something is ready.
package struct FolderWatcher: Sendable {
    /// What a look found.
    package enum Change: Sendable, Hashable {
        /// Files are at rest that were not told before.
        case ready(FolderWatch.Ready)
        /// A folder cannot be read, or lost all its files at once; nothing is concluded from that.
        case unreadable(String)
    }

    private let roots: [SourceRoots.Root]
    private let rest: Duration
    private let interval: Duration

    /// A watcher of folders.
    ///
    /// - Parameters:
    ///   - roots: The folders.
    ///   - rest: How long a file must not have changed to be taken for whole.
    ///   - interval: The time between two looks.
    package init(
        roots: SourceRoots,
        rest: Duration = .seconds(10),
        interval: Duration = .seconds(15)
    ) {
        self.roots = roots.all
        self.rest = rest
        self.interval = interval
    }

    /// Calls `body` for every change until the task is cancelled.
    package func run(_ body: (Change) async throws -> Void) async throws {
        var watch = FolderWatch(rest: rest)
        var counts: [Int] = roots.map { _ in 0 }
        var trouble: String?
        let start = ContinuousClock.now
        while true {
            let before = counts
            do {
                let found = try await look()
                if let emptied = roots.indices.first(where: { isLost(before[$0], found[$0], $0) }) {
                    throw AgentError(
                        .badInput,
                        "\(roots[emptied].folder.path) has no files any more",
                        hint: "is the share mounted?"
                    )
                }
                trouble = nil
                counts = found.map(\.count)
                let files = found.flatMap(\.self)
                if let ready = watch.look(files, at: start.duration(to: .now)) {
                    try await body(.ready(ready))
                }
            } catch let error as AgentError {
                if trouble != error.message { try await body(.unreadable(error.description)) }
                trouble = error.message
            }
            try await Task.sleep(for: interval)
        }
    }

    /// A folder that had many files and has none is more likely unmounted than emptied.
    private func isLost(_ before: Int, _ found: [FolderWatch.File], _ index: Int) -> Bool {
        roots[index].isRequired && before > 0 && found.isEmpty
    }

    private func look() async throws -> [[FolderWatch.File]] {
        let roots = roots
        return try await NIOThreadPool.singleton.runIfActive {
            let now = Date()
            return try roots.map { root in
                guard root.isRequired || FileManager.default.fileExists(atPath: root.folder.path)
                else { return [] }
                // A file under a dot is told when it gets its name.
                let files = try HospitalFolder(root: root.folder).files()
                return files.filter { $0.exclusion == nil }.map { file in
                    FolderWatch.File(
                        path: root.folder.appending(path: file.path).path,
                        fingerprint: file.fingerprint,
                        age: .seconds(now.timeIntervalSince(file.modified))
                    )
                }
            }
        }
    }
}
