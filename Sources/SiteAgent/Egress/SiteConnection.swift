import AsyncHTTPClient
package import Foundation
package import Identity
import NIOSSL
import Synchronization

/// The site's connections under the certificate it has now; exchanged for new ones when that is renewed.
///
/// Requests under way end on the connections they began on, which are closed after the last of them.
package final class SiteConnection: Sendable {
    /// What one request uses from its beginning to its end.
    struct Generation: Sendable {
        let http: HTTPClient
        /// Nil on the enrolment port, where nothing is signed by a certificate's key.
        let signer: RequestSigner?
    }

    private struct State {
        var current: Generation
        var requests = 0
        /// Requests that began on generations before.
        var former: [ObjectIdentifier: (http: HTTPClient, requests: Int)] = [:]
    }

    private let state: Mutex<State>
    private let knownBoot = Mutex(BootID.unknown)
    /// The site's clock.
    let now: @Sendable () -> Date
    /// How long silence is borne.
    let patience: Patience

    init(
        _ generation: Generation,
        patience: Patience = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        state = Mutex(State(current: generation))
        self.patience = patience
        self.now = now
    }

    /// Connections to a service port that present these credentials.
    package convenience init(
        credentials: PartyCredentials,
        root: URL,
        address: CoordinatorAddress,
        patience: Patience = .standard,
        now: @escaping @Sendable () -> Date = { Date() }
    ) throws {
        self.init(
            try Self.generation(credentials, root, address, patience),
            patience: patience,
            now: now
        )
    }

    private static func generation(
        _ credentials: PartyCredentials,
        _ root: URL,
        _ address: CoordinatorAddress,
        _ patience: Patience
    ) throws -> Generation {
        Generation(
            http: try ClientTLS.httpClient(
                try ClientTLS.service(root: root, credentials: credentials),
                to: address,
                patience: patience
            ),
            signer: credentials.signer
        )
    }

    /// The coordinator's boot as `hello` said it last.
    var boot: BootID { knownBoot.withLock { $0 } }

    func note(_ boot: BootID) { knownBoot.withLock { $0 = boot } }

    /// Runs one request.
    func request<Result: Sendable>(
        _ body: (Generation) async throws -> Result
    ) async throws -> Result {
        let generation = state.withLock { state in
            state.requests += 1
            return state.current
        }
        do {
            let result = try await body(generation)
            await end(generation)
            return result
        } catch {
            await end(generation)
            throw error
        }
    }

    /// Uses other credentials from the next request on.
    package func exchange(
        for credentials: PartyCredentials,
        root: URL,
        address: CoordinatorAddress
    ) async throws {
        let next = try Self.generation(credentials, root, address, patience)
        let idle = state.withLock { state -> HTTPClient? in
            let (old, requests) = (state.current.http, state.requests)
            state.current = next
            state.requests = 0
            guard requests > 0 else { return old }
            state.former[ObjectIdentifier(old)] = (old, requests)
            return nil
        }
        try await idle?.shutdown()
    }

    /// Closes all connections.
    package func shutdown() async throws {
        let clients = state.withLock { [$0.current.http] + $0.former.values.map(\.http) }
        for client in clients { try? await client.shutdown() }
    }

    private func end(_ generation: Generation) async {
        let id = ObjectIdentifier(generation.http)
        let idle = state.withLock { state -> HTTPClient? in
            guard var former = state.former[id] else {
                state.requests -= 1
                return nil
            }
            former.requests -= 1
            state.former[id] = former.requests > 0 ? former : nil
            return former.requests > 0 ? nil : former.http
        }
        try? await idle?.shutdown()
    }
}
