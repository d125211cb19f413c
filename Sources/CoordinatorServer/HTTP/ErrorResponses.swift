package import Foundation
package import Hummingbird
import Identity
import Logging
import WireProtocol

/// Turns errors into the catalogue's responses; what is not in the catalogue leaves as `internal`, with its cause in the log only.
package struct ErrorResponses<Context: RequestContext>: RouterMiddleware {
    private let now: @Sendable () -> Date

    /// Makes the middleware of a coordinator with this clock.
    package init(now: @escaping @Sendable () -> Date) { self.now = now }

    /// Passes the request on and answers for what is thrown.
    @concurrent
    package func handle(
        _ request: Request,
        context: Context,
        next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CoordinatorError {
            return response(to: error, request, context)
        } catch let error as HTTPError where error.status == .contentTooLarge {
            return response(to: CoordinatorError(.tooLarge), request, context)
        } catch let error as HTTPError where error.status == .notFound {
            return response(to: CoordinatorError(.notFound), request, context)
        } catch {
            return response(to: CoordinatorError(.internal, "\(error)"), request, context)
        }
    }

    private func response(
        to error: CoordinatorError,
        _ request: Request,
        _ context: Context
    ) -> Response {
        context.logger.log(
            level: error.entry == .internal ? .error : .info,
            "request refused",
            metadata: [
                "error.code": "\(error.entry.rawValue)", "error.message": "\(error.message)",
                "http.route": "\(context.endpointPath ?? "none")",
            ]
        )
        var body = ErrorResponse(error.entry, correlationID: context.id)
        if error.entry == .clockSkew {
            body.error.timeMilliseconds = Int64(now().timeIntervalSince1970 * 1000)
            body.error.clockIsSynchronized = ClockDiscipline.isSynchronized
        }
        return (try? Response.json(body, status: .init(code: error.entry.status)))
            ?? Response(status: .internalServerError)
    }
}
