import NIOCore
import NIOPosix

/// Threads for what blocks on the disk or computes for long, so that no event loop and no
/// cooperative thread does.
package enum BlockingThreads {
    private static let pool: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 4)
        pool.start()
        return pool
    }()

    /// Runs a closure on one of the threads.
    package static func run<Result: Sendable>(
        _ body: @escaping @Sendable () throws -> Result
    ) async throws -> Result {
        try await pool.runIfActive(body)
    }

    /// Runs a closure on one of the threads without waiting for it.
    package static func begin(_ body: @escaping @Sendable () -> Void) {
        pool.submit { _ in body() }
    }
}
