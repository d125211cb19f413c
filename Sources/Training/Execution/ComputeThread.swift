import Foundation
import Synchronization

/// Runs blocking computation on a thread of its own, so that the cooperative pool stays free for I/O.
package enum ComputeThread {
    /// Runs `body` and returns what it returns; `isCancelled` turns true when the task is cancelled.
    package static func run<Value: Sendable>(
        named name: String,
        _ body: @escaping @Sendable (_ isCancelled: @escaping @Sendable () -> Bool) throws -> Value
    ) async throws -> Value {
        let flag = CancellationFlag()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let thread = Thread {
                    continuation.resume(with: Result { try body { flag.isSet } })
                }
                thread.name = name
                thread.stackSize = 8 << 20
                thread.start()
            }
        } onCancel: {
            flag.set()
        }
    }
}

private final class CancellationFlag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}
