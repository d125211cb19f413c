import DICOMNetworking
import SiteStore

/// The memory of pulls in the site's database.
struct PullLedger: PullMemory {
    let store: SiteStore
    let inbox: SiteInbox
    /// The host that is asked.
    let host: String

    func digest(_ text: String) -> String { inbox.digest(text) }

    func fingerprints(of names: [String]) async throws -> [String: String] {
        try await store.pulledFingerprints(source: host, names: names)
    }

    func remember(_ instances: [PulledInstance], requests: [RequestKind: Int]) async throws {
        try await store.recordPull(
            source: host,
            instances.map { PulledRow(name: $0.name, fingerprint: $0.fingerprint) },
            requests: Dictionary(
                uniqueKeysWithValues: requests.map { ($0.key.rawValue, $0.value) }
            )
        )
    }
}
