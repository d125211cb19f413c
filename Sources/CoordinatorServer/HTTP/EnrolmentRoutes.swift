package import Hummingbird
import Identity
import WireProtocol

/// The enrolment port: one message, before a party has a certificate.
package struct EnrolmentRoutes: Sendable {
    private let desk: EnrolmentDesk

    /// Answers `enrol` by `desk`.
    package init(desk: EnrolmentDesk) { self.desk = desk }

    /// The router of the port.
    package func router() -> Router<BasicRequestContext> {
        let router = Router(context: BasicRequestContext.self)
        router.addMiddleware {
            ErrorResponses<BasicRequestContext>(now: desk.now)
            PlainBodies<BasicRequestContext>()
        }
        router.post("/v1/enrolment") { request, _ in
            let message = try await request.message(EnrolmentRequest.self, of: .enrol)
            switch try await desk.answer(message, to: request) {
            case .pending(let pending): return try Response.json(pending, status: .accepted)
            case .admitted(let admission): return try Response.json(admission)
            }
        }
        return router
    }
}
