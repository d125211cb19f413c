package import CoordinatorStore
import HTTPTypes
package import Hummingbird
import Identity
import WireProtocol

/// Says who sends a request, and refuses it unless certificate and signature are in order (Protocol.md section 3).
///
/// The register is asked on every request, so that a revocation bites on open connections.
package struct ClientAuthentication: RouterMiddleware {
    private let federation: String
    private let store: CoordinatorStore
    let connections: ConnectionRegister
    let gate: SignatureGate

    /// Admits certificates of `federation` that `store` knows.
    package init(
        federation: String,
        store: CoordinatorStore,
        connections: ConnectionRegister,
        gate: SignatureGate
    ) {
        self.federation = federation
        self.store = store
        self.connections = connections
        self.gate = gate
    }

    /// Answers an error of the catalogue, or passes the request on with its sender.
    @concurrent
    package func handle(
        _ request: Request,
        context: ClientRequestContext,
        next: @concurrent (Request, ClientRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let peer = try await connections.peer(on: context.channel)
        let holder = try await holder(of: peer)
        if holder.kind == .site, let clock = try gate.admit(request, from: peer) {
            try await store.noteClock(of: holder.id, aheadSeconds: clock.aheadSeconds)
        }
        context.peer = peer
        context.holder = holder
        return try await next(request, context)
    }

    private func holder(of peer: PeerCertificate) async throws -> CertificateHolder {
        guard peer.party.federation == federation,
            let expected = CertificateHolder(peer.party.role)
        else { throw CoordinatorError(.certificateRequired, "\(peer.party) is not a client") }
        let standing = try await store.standing(ofCertificate: peer.fingerprint, at: gate.now())
        switch standing {
        case .valid(expected): return expected
        case .ended: throw CoordinatorError(.certificateEnded, "of \(expected.id)")
        case .valid, .refused:
            throw CoordinatorError(.siteNotActive, "\(expected.id) is revoked or unknown")
        }
    }
}

extension CertificateHolder {
    /// The holder of a client certificate; nil for the coordinator.
    init?(_ role: Party.Role) {
        switch role {
        case .coordinator: return nil
        case .site(let id): self.init(.site, id)
        case .person(.operator, let id): self.init(.operator, id)
        case .person(.researcher, let id): self.init(.researcher, id)
        case .person(.auditor, let id): self.init(.auditor, id)
        }
    }

    /// The role its certificates carry.
    var role: Party.Role {
        switch kind {
        case .site: .site(id)
        case .operator: .person(.operator, id)
        case .researcher: .person(.researcher, id)
        case .auditor: .person(.auditor, id)
        }
    }
}
