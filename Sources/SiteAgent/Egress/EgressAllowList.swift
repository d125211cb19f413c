package import Federation
import NIOCore
import WireProtocol

/// What may leave a site: a closed list of messages, and for each what it may carry.
///
/// The client asks it before a message is recorded and sent; there is no other way out.
package struct EgressAllowList: Sendable {
    /// The plan of a digest if this site approved it; nil otherwise.
    package typealias ApprovedPlan = @Sendable (SHA256Digest) async throws -> Plan?

    private let kinds: Set<Endpoint>
    private let approvedPlan: ApprovedPlan?

    /// Only the message by which a site enrols.
    package static let enrolment = EgressAllowList(kinds: [.enrol], approvedPlan: nil)

    /// Every message of an enrolled site, without a look at plans: for programs that have no images,
    /// as benchmarks of the transport.
    package static let transport = EgressAllowList(
        kinds: Endpoint.ofEnrolledSites,
        approvedPlan: nil
    )

    /// Every message of an enrolled site; results only under plans that it approved, and only the
    /// metrics that the plan names.
    package static func plans(approved: @escaping ApprovedPlan) -> EgressAllowList {
        EgressAllowList(
            kinds: Endpoint.ofEnrolledSites,
            approvedPlan: approved
        )
    }

    /// The messages that carry what was made of images.
    static let results: Set<Endpoint> = [
        .openUpload, .putPart, .closeUpload, .contribute, .reportMetrics,
    ]

    /// The messages that carry nothing but their path.
    static let bodiless: Set<Endpoint> = [.hello, .nextWork, .fetchPlan, .fetchBlob, .closeUpload]

    /// Why a message may not leave, as a code; nil if it may.
    func refusal(_ message: CoordinatorClient.Message) async throws -> String? {
        let (kind, bytes) = (message.endpoint, message.body.bytes.readableBytes)
        guard kinds.contains(kind) else { return "kind-not-allowed" }
        guard bytes <= kind.bodyBytesMax else { return "too-large" }
        guard bytes == 0 || !Self.bodiless.contains(kind) else { return "body-not-allowed" }
        guard let approvedPlan, Self.results.contains(kind) else { return nil }
        guard let digest = message.plan else { return "no-plan" }
        guard let plan = try await approvedPlan(digest) else { return "plan-not-approved" }
        guard kind == .reportMetrics else { return nil }
        return MetricsAllowList(plan).refusal(Array(message.body.bytes.readableBytesView))
    }
}
