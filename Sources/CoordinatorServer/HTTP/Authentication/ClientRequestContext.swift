import CoordinatorStore
package import Federation
package import Hummingbird
import Identity
import NIOCore
import WireProtocol

/// What is known about a request on the service port: its connection, and after authentication who sends it.
package struct ClientRequestContext: RequestContext {
    /// Hummingbird's part.
    package var coreContext: CoreRequestContextStorage
    /// The connection, whose peer certificate names the client.
    let channel: any Channel
    /// Who the certificate stands for; nil only before ``ClientAuthentication``.
    var holder: CertificateHolder?
    /// The certificate.
    var peer: PeerCertificate?

    /// Made by Hummingbird for each request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The longest body that is decoded; each message has its own, smaller limit.
    package var maxUploadSize: Int { 64 * 1024 }

    /// The authenticated site.
    ///
    /// - Throws: ``CoordinatorError`` `forbidden-role` if it is a person.
    package func authenticatedSite() throws -> SiteID {
        let holder = try authenticatedHolder()
        guard holder.kind == .site, let site = SiteID(rawValue: holder.id) else {
            throw CoordinatorError(.forbiddenRole, "a message of sites came from \(holder.id)")
        }
        return site
    }

    /// The authenticated person.
    ///
    /// - Throws: ``CoordinatorError`` `forbidden-role` unless it has one of the roles.
    func person(_ roles: CertificateHolder.Kind...) throws -> String {
        let holder = try authenticatedHolder()
        guard roles.contains(holder.kind) else {
            throw CoordinatorError(.forbiddenRole, "\(holder.kind.rawValue) \(holder.id)")
        }
        return holder.id
    }

    /// Whoever is authenticated.
    ///
    /// - Throws: ``CoordinatorError`` `certificate-required` on a route without authentication.
    func authenticatedHolder() throws -> CertificateHolder {
        guard let holder else { throw CoordinatorError(.certificateRequired) }
        return holder
    }
}
