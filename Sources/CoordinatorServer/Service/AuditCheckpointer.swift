import AuditedDatabase
import CoordinatorStore
import ServiceLifecycle

/// Signs the audit log after a minute in which anything came; a hundred records and the end of a
/// round are signed with the change itself.
struct AuditCheckpointer: Service {
    let store: CoordinatorStore

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try await store.signAudit()
                do {
                    try await Task.sleep(for: .seconds(60))
                } catch is CancellationError {
                    return
                }
            }
        }
    }
}
