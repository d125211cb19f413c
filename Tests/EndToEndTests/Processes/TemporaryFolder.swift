import Foundation
import Synchronization

/// A folder for one test that is gone when the tests are over, also where a static keeps it to the end.
enum TemporaryFolder {
    private static let made = Mutex<[URL]>([])
    private static let isWatching: Bool = {
        atexit {
            for folder in TemporaryFolder.made.withLock({ $0 }) {
                try? FileManager.default.removeItem(at: folder)
            }
        }
        return true
    }()

    /// Names a folder that does not exist yet.
    static func new() -> URL {
        precondition(isWatching, "folders are removed at exit")
        let url = FileManager.default.temporaryDirectory
            .appending(path: "end-to-end-\(UUID().uuidString)", directoryHint: .isDirectory)
        made.withLock { $0.append(url) }
        return url
    }
}
