import AuditLog
import CoordinatorStore
import ServiceLifecycle

/// Signs the audit log: after a hundred records, and after a minute in which anything came.
struct AuditCheckpointer: Service {
    let store: CoordinatorStore
    let signer: NoteSigner

    /// The records that are signed without waiting for the minute.
    static let recordsMin: Int64 = 100

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            var seconds = 0
            while !Task.isCancelled {
                let isDue = seconds % 60 == 0
                do {
                    _ = try await store.checkpointAudit(
                        signedBy: signer,
                        recordsMin: isDue ? 1 : Self.recordsMin
                    )
                    try await Task.sleep(for: .seconds(5))
                } catch is CancellationError {
                    return
                }
                seconds += 5
            }
        }
    }
}
