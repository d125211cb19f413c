import WireProtocol
package import Federation
package import Hummingbird
import NIOCore

/// What is known about a request on the service port: its connection, and after authentication its site.
package struct SiteRequestContext: RequestContext {
    /// Hummingbird's part.
    package var coreContext: CoreRequestContextStorage
    /// The connection, whose peer certificate names the site.
    let channel: any Channel
    /// The site the certificate stands for; nil only before ``SiteAuthentication``.
    package var site: SiteID?

    /// Made by Hummingbird for each request.
    package init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        channel = source.channel
    }

    /// The longest body that is decoded; each message has its own, smaller limit.
    package var maxUploadSize: Int { 64 * 1024 }

    /// The authenticated site.
    ///
    /// - Throws: ``CoordinatorError`` `certificate-required` on a route without authentication.
    package func authenticatedSite() throws -> SiteID {
        guard let site else { throw CoordinatorError(.certificateRequired) }
        return site
    }
}
