import DICOMNetworking
import Synchronization

/// What a test remembers of pulls.
final class MemoryOfPulls: PullMemory {
    private let state = Mutex<(known: [String: String], requests: [RequestKind: Int])>(([:], [:]))

    var known: [String: String] { state.withLock { $0.known } }
    var requests: [RequestKind: Int] { state.withLock { $0.requests } }

    func digest(_ text: String) -> String { RunningReceiver.keyedName(text) }

    func fingerprints(of names: [String]) async throws -> [String: String] {
        state.withLock { state in state.known.filter { names.contains($0.key) } }
    }

    func remember(_ instances: [PulledInstance], requests: [RequestKind: Int]) async throws {
        state.withLock { state in
            for instance in instances { state.known[instance.name] = instance.fingerprint }
            state.requests.merge(requests) { $0 + $1 }
        }
    }
}
