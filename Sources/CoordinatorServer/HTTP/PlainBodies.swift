import HTTPTypes
import Hummingbird
import WireProtocol

/// Refuses bodies that would have to be decompressed: a few bytes could become any number.
struct PlainBodies<Context: RequestContext>: RouterMiddleware {
    @concurrent
    func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let encoding = request.headers[.contentEncoding] ?? "identity"
        guard encoding.lowercased() == "identity" else {
            throw CoordinatorError(.malformed, "a body with a Content-Encoding")
        }
        return try await next(request, context)
    }
}
