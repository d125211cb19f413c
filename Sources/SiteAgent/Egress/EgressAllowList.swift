import Federation
import Foundation
import NIOCore
import WireProtocol

/// What may leave a site: a closed list of messages, and for each what it may carry.
///
/// The client asks it before a message is recorded and sent; there is no other way out.
package struct EgressAllowList: Sendable {
    private let kinds: Set<Endpoint>
    private let basis: (any EgressBasis)?

    /// Only the message by which a site enrols.
    package static let enrolment = EgressAllowList(kinds: [.enrol], basis: nil)

    /// Every message of an enrolled site, without a look at plans: for programs that have no images,
    /// as benchmarks of the transport.
    package static let transport = EgressAllowList(kinds: Endpoint.ofEnrolledSites, basis: nil)

    /// Every message of an enrolled site; results only as its policy says, under plans that it
    /// approved, only what it recorded, and no tensor that the plan calls private.
    package static func site(_ basis: any EgressBasis) -> EgressAllowList {
        EgressAllowList(kinds: Endpoint.ofEnrolledSites, basis: basis)
    }

    /// The messages that carry what was made of images.
    static let results: Set<Endpoint> = [
        .openUpload, .putPart, .closeUpload, .contribute, .reportMetrics,
    ]

    /// The messages that carry nothing but their path.
    static let bodiless: Set<Endpoint> = [.hello, .nextWork, .fetchPlan, .fetchBlob, .closeUpload]

    /// The code of what only has to wait.
    static let closedHours = "policy/hours"

    /// Why a message may not leave at a moment, as a code; nil if it may.
    func refusal(_ message: CoordinatorClient.Message, at now: Date) async throws -> String? {
        let (kind, bytes) = (message.endpoint, message.body.bytes.readableBytes)
        guard kinds.contains(kind) else { return "kind-not-allowed" }
        guard bytes <= kind.bodyBytesMax else { return "too-large" }
        guard bytes == 0 || !Self.bodiless.contains(kind) else { return "body-not-allowed" }
        guard let basis, Self.results.contains(kind) else { return nil }
        guard let digest = message.plan else { return "no-plan" }
        let policy = try basis.policy()
        guard let plan = try await basis.approvedPlan(digest) else { return "plan-not-approved" }
        guard policy.hours.contains(now) else { return Self.closedHours }
        if kind == .reportMetrics {
            return Self.refusal(policy, plan, exams: nil)
                ?? MetricsAllowList(plan, policy).refusal(message.bytes)
        }
        return try await refusal(of: message, kind, policy, plan, basis)
    }

    /// Why a message about an update may not leave.
    private func refusal(
        of message: CoordinatorClient.Message,
        _ kind: Endpoint,
        _ policy: SitePolicy,
        _ plan: Plan,
        _ basis: any EgressBasis
    ) async throws -> String? {
        let said =
            kind == .contribute
            ? try? WireCodec.decode(ContributionRequest.self, from: message.bytes) : nil
        guard let delta = said?.deltaSHA256 ?? kind.digest(inPath: message.path),
            let update = try await basis.update(delta), update.plan == plan.sha256
        else { return "update-not-known" }
        if kind == .contribute, said != update.contribution { return "contribution-not-known" }
        let contribution = update.contribution
        if kind == .openUpload, Self.hasPrivate(message.tensors, plan) { return "private-tensor" }
        if contribution.score != nil, !MetricsAllowList.mayScore(plan) {
            return "metric-not-allowed/examAUROC"
        }
        let given = try await basis.roundsGiven(under: plan.sha256)
        let refusal = Self.refusal(
            policy,
            plan,
            exams: contribution.exams,
            given: given,
            asked: update.isAnswered ? 0 : 1
        )
        if let refusal { return refusal }
        guard kind == .contribute, let positives = contribution.positiveExams else { return nil }
        return policy.isSmall(positives) || policy.isSmall(contribution.exams - positives)
            ? "policy/minimumCell" : nil
    }

    /// Whether a file with these tensors holds what never leaves; one that cannot be read may.
    private static func hasPrivate(_ tensors: [String]?, _ plan: Plan) -> Bool {
        guard plan.aggregation.privateTensors != nil else { return false }
        return tensors.map { $0.contains(where: plan.privateTensors.contains) } ?? true
    }

    private static func refusal(
        _ policy: SitePolicy,
        _ plan: Plan,
        exams: Int?,
        given: Int = 0,
        asked: Int = 0
    ) -> String? {
        policy.objections(to: plan, trainingExams: exams, roundsGiven: given, roundsAsked: asked)
            .first.map { "policy/\($0.rule.rawValue)" }
    }
}

extension CoordinatorClient.Message {
    fileprivate var bytes: [UInt8] { Array(body.bytes.readableBytesView) }
}
