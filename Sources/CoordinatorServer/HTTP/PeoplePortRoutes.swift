import CoordinatorStore
package import Hummingbird
import WireProtocol

/// The people's port: signing in, and what people read, for those who carry a session instead of a certificate.
package struct PeoplePortRoutes: Sendable {
    private let desk: SignInDesk
    private let people: PeopleRoutes

    /// Answers by a desk.
    package init(desk: SignInDesk, people: PeopleRoutes) {
        self.desk = desk
        self.people = people
    }

    /// The router of the port.
    package func router() -> Router<ClientRequestContext> {
        let router = Router(context: ClientRequestContext.self)
        router.addMiddleware { ErrorResponses<ClientRequestContext>(now: desk.now) }
        router.get("/v1/session") { _, _ in try Response.json(try await desk.begin()) }
        router.post("/v1/session") { request, _ in
            let message = try await request.message(SignIn.self, of: .openSession)
            return try Response.json(try await desk.open(message))
        }
        let session = router.group().add(middleware: SessionAuthentication(desk: desk))
        session.delete("/v1/session") { request, context in
            try await desk.close(
                try SessionAuthentication.token(of: request),
                of: try context.authenticatedHolder()
            )
            return Response(status: .noContent)
        }
        people.add(to: session)
        return router
    }
}

/// Says who sends a request at the people's port, by the session it carries.
private struct SessionAuthentication: RouterMiddleware {
    let desk: SignInDesk

    @concurrent
    func handle(
        _ request: Request,
        context: ClientRequestContext,
        next: @concurrent (Request, ClientRequestContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.holder = try await desk.holder(carrying: try Self.token(of: request))
        var response = try await next(request, context)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// The bearer token (RFC 6750 section 2.1); never taken from the query or a cookie.
    static func token(of request: Request) throws -> String {
        let prefix = "Bearer "
        guard let field = request.headers[.authorization], field.hasPrefix(prefix) else {
            throw CoordinatorError(.signInRequired)
        }
        return String(field.dropFirst(prefix.count))
    }
}
