package import Hummingbird
package import WireProtocol

/// The enrolment port: one message, before a site has a certificate.
package struct EnrolmentRoutes: Sendable {
    /// Redeems a token and issues a certificate.
    package typealias Admit = @Sendable (EnrolmentRequest) async throws -> EnrolmentResponse

    private let admit: Admit

    /// Answers `enrol` by `admit`.
    package init(admit: @escaping Admit) { self.admit = admit }

    /// The router of the port.
    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.addMiddleware { ErrorResponses<BasicRequestContext>() }
        router.post("/v1/enrolment") { request, _ in
            let message = try await request.message(EnrolmentRequest.self, of: .enrol)
            return try Response.json(try await admit(message))
        }
        return router
    }
}
