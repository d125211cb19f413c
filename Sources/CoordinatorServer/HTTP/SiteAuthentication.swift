import WireProtocol
package import Federation
package import Hummingbird
import Identity
import NIOCore
import NIOSSL

/// Resolves the peer certificate to a site and asks the register on every request whether it is still active.
package struct SiteAuthentication: RouterMiddleware {
    /// Looks an active site up by its certificate's fingerprint.
    package typealias Register = @Sendable (_ fingerprint: String) async throws -> SiteID?

    private let federation: String
    private let register: Register

    /// Admits certificates of `federation` that `register` knows.
    package init(federation: String, register: @escaping Register) {
        self.federation = federation
        self.register = register
    }

    /// Answers `certificate-required` or `site-not-active`, or passes the request on with its site.
    @concurrent
    package func handle(
        _ request: Request,
        context: SiteRequestContext,
        next: @concurrent (Request, SiteRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.site = try await site(on: context.channel)
        return try await next(request, context)
    }

    private func site(on channel: any Channel) async throws -> SiteID {
        guard let certificate = try await channel.nioSSL_peerCertificate().get() else {
            throw CoordinatorError(.certificateRequired)
        }
        let peer: PeerCertificate
        do {
            peer = try PeerCertificate(der: try certificate.toDERBytes())
        } catch {
            throw CoordinatorError(.certificateRequired, "\(error)")
        }
        guard peer.party.federation == federation, case .site(let name) = peer.party.role else {
            throw CoordinatorError(.certificateRequired, "the certificate is not a site's")
        }
        guard let site = try await register(peer.fingerprint), site.rawValue == name else {
            throw CoordinatorError(.siteNotActive, "\(name) is revoked or unknown")
        }
        return site
    }
}
