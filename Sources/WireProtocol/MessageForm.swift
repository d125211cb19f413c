/// A JSON body of the protocol: of which message, which way, and what it may look like.
///
/// A form is named `<message>.request` or `<message>.response`, with a further word where an answer has
/// more than one form; vectors and `conformance wire` go by these names.
package struct MessageForm: Sendable {
    /// The name.
    package let name: String
    /// The message; nil for `error`, which every message may be answered with.
    package let endpoint: Endpoint?
    private let rewritten: @Sendable ([UInt8]) throws -> [UInt8]

    /// Reads a body and writes it anew, in the one form that this program writes.
    ///
    /// - Throws: `JSONError` where the protocol does not let the body be read.
    package func rewrite(_ bytes: [UInt8]) throws -> [UInt8] { try rewritten(bytes) }

    private init(
        _ endpoint: Endpoint?,
        _ suffix: String,
        _ type: (some Codable & Sendable).Type
    ) {
        name = [endpoint?.rawValue, suffix].compactMap(\.self).joined(separator: ".")
        self.endpoint = endpoint
        rewritten = { try WireCodec.encode(try WireCodec.decode(type, from: $0)) }
    }

    /// Every JSON body but the documents that are specified elsewhere: plan, comparison, metrics.
    package static let all: [MessageForm] = [
        .init(.enrol, "request", EnrolmentRequest.self),
        .init(.enrol, "response", EnrolmentResponse.self),
        .init(.enrol, "response-pending", EnrolmentPending.self),
        .init(.hello, "response", Hello.self),
        .init(.describeSite, "request", SiteDescription.self),
        .init(.nextWork, "response", Work.self),
        .init(.progress, "request", ProgressReport.self),
        .init(.exchangeCheckpoints, "request", CheckpointReport.self),
        .init(.exchangeCheckpoints, "response", CheckpointReply.self),
        .init(.answerPlan, "request", PlanAnswer.self),
        .init(.openUpload, "request", OpenUpload.self),
        .init(.openUpload, "response", UploadState.self),
        .init(.closeUpload, "response", StoredBlob.self),
        .init(.contribute, "request", ContributionRequest.self),
        .init(.contribute, "response", ContributionReceipt.self),
        .init(.reportFailure, "request", FailureReport.self),
        .init(.reportMetrics, "request", MetricsReport.self),
        .init(.renewCertificate, "request", CertificateRenewal.self),
        .init(.renewCertificate, "response", RenewedCertificate.self),
        .init(.listRuns, "response", RunList.self),
        .init(.showRun, "response", RunLine.self),
        .init(.beginSignIn, "response", SignInOffer.self),
        .init(.openSession, "request", SignIn.self),
        .init(.openSession, "response", Session.self),
        .init(nil, "error", ErrorResponse.self),
    ]

    /// The form of a vector's file, such as `next-work.response.train.json`.
    package static func named(_ file: String) -> MessageForm? {
        all.filter { file.hasPrefix($0.name + ".") }.max { $0.name.count < $1.name.count }
    }
}
