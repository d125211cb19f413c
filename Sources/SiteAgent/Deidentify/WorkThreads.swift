import NIOPosix

/// Threads for decoding, text search and reading: they block, so no cooperative thread does it.
final class WorkThreads: Sendable {
    let count: Int
    private let pool: NIOThreadPool

    init(count: Int) {
        self.count = count
        pool = NIOThreadPool(numberOfThreads: count)
        pool.start()
    }

    deinit { pool.shutdownGracefully { _ in } }

    /// Works on numbers from 0, as many at once as there are threads, and delivers in their order.
    ///
    /// No more than twice the number of threads are begun and not yet delivered.
    func inOrder<Value: Sendable>(
        _ total: Int,
        _ body: @escaping @Sendable (Int) -> Value,
        deliver: (Int, Value) async throws -> Void
    ) async throws {
        let pool = pool
        try await withThrowingTaskGroup(of: (Int, Value).self) { group in
            var waiting: [Int: Value] = [:]
            var (started, delivered) = (0, 0)
            while delivered < total {
                while started < total, started - delivered < 2 * count {
                    let number = started
                    group.addTask { (number, try await pool.runIfActive { body(number) }) }
                    started += 1
                }
                if let value = waiting.removeValue(forKey: delivered) {
                    try await deliver(delivered, value)
                    delivered += 1
                } else if let (number, value) = try await group.next() {
                    waiting[number] = value
                }
            }
        }
    }
}
