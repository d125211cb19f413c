import CoordinatorStore
import Logging
import ServiceLifecycle

/// Closes connections whose certificate was revoked or has ended, within two seconds, long-polls too.
struct ConnectionWatch: Service {
    let store: CoordinatorStore
    let connections: ConnectionRegister
    let gate: SignatureGate
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for tick in 0... {
                guard (try? await Task.sleep(for: .seconds(1))) != nil else { return }
                await look()
                if tick % 60 == 0 { gate.prune() }
            }
        }
    }

    private func look() async {
        do {
            let ended = try await store.notStanding(
                among: connections.fingerprints,
                at: gate.now()
            )
            guard !ended.isEmpty else { return }
            logger.notice("connections closed", metadata: ["certificates": "\(ended.count)"])
            connections.close(ended)
        } catch {
            logger.error(
                "open connections cannot be checked; every request still is",
                metadata: ["error.message": "\(error)"]
            )
        }
    }
}
