internal import CKernels
internal import Foundation

/// A fixed set of threads that run one job each at a time.
///
/// Threads of our own, because oneDNN keeps settings and scratch memory per thread, and because
/// seconds of arithmetic must not block Swift's cooperative threads.
final class WorkerPool: Sendable {
    private let workers: [Worker]

    /// Starts `count` threads.
    init(count: Int) {
        workers = (0..<count).map { Worker(number: $0) }
    }

    /// The number of threads.
    var count: Int { workers.count }

    /// Runs `body` once on every thread, with the thread's number, and waits for all.
    func run(_ body: @escaping @Sendable (Int) -> Void) {
        for (number, worker) in workers.enumerated() { worker.start { body(number) } }
        for worker in workers { worker.wait() }
    }

    deinit {
        for worker in workers { worker.stop() }
    }
}
