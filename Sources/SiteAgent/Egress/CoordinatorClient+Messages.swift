package import Federation
import Foundation
import Identity
import NIOCore
package import WireProtocol

extension CoordinatorClient {
    /// Asks who is there.
    ///
    /// - Throws: ``AgentError`` when no protocol version is shared.
    package func hello() async throws -> Hello { try await hello(isRetried: true) }

    func hello(isRetried: Bool) async throws -> Hello {
        let answer = try await send(
            Message(
                endpoint: .hello,
                path: Endpoint.hello.template,
                isRetried: isRetried
            )
        )
        let hello = try decode(Hello.self, answer.body, of: .hello)
        guard ProtocolVersion.shared(with: hello.protocolVersions) != nil else {
            throw AgentError(
                .badConfiguration,
                "the coordinator speaks protocol versions \(hello.protocolVersions), this agent"
                    + " \(ProtocolVersion.supported)",
                hint: "update the older of the two"
            )
        }
        guard let boot = BootID(text: hello.bootID) else {
            throw AgentError(.failed, "the coordinator's boot id cannot be read")
        }
        connection.note(boot)
        return hello
    }

    /// Describes the site in bands.
    package func describe(_ description: SiteDescription) async throws {
        _ = try await send(
            Message(
                endpoint: .describeSite,
                path: Endpoint.describeSite.template,
                body: .init(try WireCodec.encode(description))
            )
        )
    }

    /// Waits for work at most `longest` seconds, less where the site bears less silence; nil if there is none.
    package func nextWork(waiting longest: Int) async throws -> Work? {
        let seconds = min(longest, connection.patience.longPollSeconds)
        let answer = try await send(
            Message(
                endpoint: .nextWork,
                path: "\(Endpoint.nextWork.template)?wait=\(seconds)",
                waitingSeconds: seconds
            )
        )
        return answer.status == 204 ? nil : try decode(Work.self, answer.body, of: .nextWork)
    }

    /// Says where the site is; a report that gets lost is not repeated.
    package func report(_ progress: ProgressReport) async throws {
        _ = try await send(
            Message(
                endpoint: .progress,
                path: Endpoint.progress.template,
                body: .init(try WireCodec.encode(progress)),
                isRetried: false
            )
        )
    }

    /// Fetches a plan and checks its digest.
    package func plan(_ digest: SHA256Digest) async throws -> [UInt8] {
        let answer = try await send(
            Message(endpoint: .fetchPlan, path: Endpoint.fetchPlan.path(digest), plan: digest)
        )
        guard SHA256Digest(hashing: answer.body) == digest else {
            throw AgentError(.failed, "plan \(digest) arrived with another SHA-256")
        }
        return answer.body
    }

    /// Sends the site's decision on a plan.
    package func answer(plan: SHA256Digest, _ decision: PlanAnswer) async throws {
        _ = try await send(
            Message(
                endpoint: .answerPlan,
                path: Endpoint.answerPlan.path(plan),
                body: .init(try WireCodec.encode(decision)),
                plan: plan
            )
        )
    }

    /// Sends the site's contribution, whose delta was uploaded before.
    package func contribute(
        _ contribution: ContributionRequest,
        run: RunID,
        round: RoundNumber,
        plan: SHA256Digest
    ) async throws -> ContributionReceipt {
        let answer = try await send(
            Message(
                endpoint: .contribute,
                path: Endpoint.contribute.path(run, round: round),
                body: .init(try WireCodec.encode(contribution)),
                plan: plan,
                waitingSeconds: 90
            )
        )
        return try decode(ContributionReceipt.self, answer.body, of: .contribute)
    }

    /// Says why the site cannot go on with its work.
    package func reportFailure(
        _ report: FailureReport,
        run: RunID,
        round: RoundNumber,
        plan: SHA256Digest
    ) async throws {
        _ = try await send(
            Message(
                endpoint: .reportFailure,
                path: Endpoint.reportFailure.path(run, round: round),
                body: .init(try WireCodec.encode(report)),
                plan: plan
            )
        )
    }

    /// Sends metrics that have passed disclosure control.
    package func report(_ metrics: MetricsReport, run: RunID, plan: SHA256Digest) async throws {
        _ = try await send(
            Message(
                endpoint: .reportMetrics,
                path: Endpoint.reportMetrics.path(run),
                body: .init(try WireCodec.encode(metrics)),
                plan: plan
            )
        )
    }

    func decode<Answer: Decodable>(
        _ type: Answer.Type,
        _ body: [UInt8],
        of endpoint: Endpoint
    ) throws -> Answer {
        do {
            return try WireCodec.decode(type, from: body)
        } catch {
            throw AgentError(
                .failed,
                "the coordinator's answer to \(endpoint.rawValue) cannot be read: \(error)"
            )
        }
    }
}
