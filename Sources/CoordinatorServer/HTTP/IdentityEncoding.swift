import HTTPTypes
package import Hummingbird
import WireProtocol

/// Refuses compressed bodies: a small one could be made into any number of bytes (Protocol.md 5.6.1).
package struct IdentityEncoding<Context: RequestContext>: RouterMiddleware {
    /// Makes the middleware.
    package init() {}

    /// Passes a request on whose body is as it is sent.
    @concurrent
    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let encoding = request.headers[.contentEncoding] ?? "identity"
        guard encoding.lowercased() == "identity" else {
            throw CoordinatorError(.malformed, "a body with Content-Encoding \(encoding)")
        }
        return try await next(request, context)
    }
}
