import Foundation
import Identity
import WireProtocol

/// An error answer of the coordinator, as the site admin should read it.
struct EgressFailure {
    let entry: ErrorCatalogue?
    let isRetryable: Bool
    let agentError: AgentError

    /// Reads an answer; nil if it is not an error.
    init?(_ answer: CoordinatorClient.Answer, to endpoint: Endpoint, at now: Date) {
        guard answer.status >= 400 else { return nil }
        let body = try? WireCodec.decode(ErrorResponse.self, from: answer.body).error
        let entry = body.flatMap { ErrorCatalogue(rawValue: $0.code) }
        self.entry = entry
        isRetryable = entry?.isRetryable ?? (answer.status >= 500)
        let words = body?.message ?? "status \(answer.status) without a readable reason"
        let correlation = body.map { " (correlation id \($0.correlationID))" } ?? ""
        agentError = AgentError(
            Self.code(of: entry),
            "the coordinator refused \(endpoint.rawValue): \(words)",
            hint: (Self.clocks(body, at: now) ?? Self.hint(for: entry)).map { $0 + correlation }
        )
    }

    private static func code(of entry: ErrorCatalogue?) -> AgentError.Code {
        switch entry {
        case .enrolmentRefused, .certificateRequired, .siteNotActive, .certificateEnded,
            .forbiddenSite, .forbiddenRole, .olderHistory, .forkedHistory:
            .refusedByPolicy
        case .busy, .internal, .tooSlow, .digestMismatch, .staleBoot, .none: .tryAgain
        default: .failed
        }
    }

    private static func clocks(_ body: ErrorResponse.Body?, at now: Date) -> String? {
        guard let other = body?.timeMilliseconds else { return nil }
        return ClockComparison(
            aheadSeconds: -ClockDifference.secondsAhead(milliseconds: other, of: now),
            isOwnSynchronized: ClockDiscipline.isSynchronized,
            isOtherSynchronized: body?.clockIsSynchronized ?? false
        ).text
    }

    private static func hint(for entry: ErrorCatalogue?) -> String? {
        switch entry {
        case .enrolmentRefused:
            "an invite can be used once, for one site, within 24 hours: ask for a new one"
        case .siteNotActive: "ask the operator whether this site was revoked"
        case .certificateEnded: "run `fedagent enroll` without an invite to ask for a new one"
        case .signatureInvalid, .signatureRequired, .replayed:
            "something on the way changes or repeats requests: ask the network's admins for a"
                + " device that terminates TLS"
        case .certificateRequired: "enrol this site first: `fedagent enroll <invite>`"
        case .olderHistory, .forkedHistory:
            "this site's database was restored from a backup, copied or altered: do not go on before"
                + " you know why; the operator sees what was witnessed with `fedcoordinator audit"
                + " witnesses`"
        case .internal: "the operator finds the cause in the coordinator's log"
        default: nil
        }
    }
}
