import NIOCore
import NIOPosix

/// Threads for what blocks on the disk, so that no event loop does.
enum DiskThreads {
    private static let pool: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 3)
        pool.start()
        return pool
    }()

    /// Runs a closure on one of the threads.
    static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await pool.runIfActive(body)
    }

    /// Runs a closure on one of the threads without waiting for it.
    static func begin(_ body: @escaping @Sendable () -> Void) { pool.submit { _ in body() } }
}
