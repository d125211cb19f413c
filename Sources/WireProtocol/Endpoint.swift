package import Federation

/// The messages of Protocol.md section 4: name, method and path.
package enum Endpoint: String, Sendable, CaseIterable {
    case enrol
    case hello
    case describeSite = "describe-site"
    case nextWork = "next-work"
    case progress
    case exchangeCheckpoints = "exchange-checkpoints"
    case fetchPlan = "fetch-plan"
    case answerPlan = "answer-plan"
    case fetchBlob = "fetch-blob"
    case openUpload = "open-upload"
    case putPart = "put-part"
    case closeUpload = "close-upload"
    case contribute
    case reportFailure = "report-failure"
    case reportMetrics = "report-metrics"
    case renewCertificate = "renew-certificate"
    case listRuns = "list-runs"
    case showRun = "show-run"
    case compareRun = "compare-run"
    case exportAudit = "export-audit"
    case beginSignIn = "begin-sign-in"
    case openSession = "open-session"
    case closeSession = "close-session"

    /// The messages that people send and sites do not (Protocol.md section 5.13).
    package static let ofPeople: Set<Endpoint> = [
        .listRuns, .showRun, .compareRun, .exportAudit, .beginSignIn, .openSession, .closeSession,
    ]

    /// The messages of a site that has its certificate.
    package static let ofEnrolledSites = Set(allCases).subtracting(ofPeople).subtracting([.enrol])

    /// The HTTP method.
    package var method: String {
        switch self {
        case .hello, .nextWork, .fetchPlan, .fetchBlob, .listRuns, .showRun, .compareRun,
            .exportAudit, .beginSignIn:
            "GET"
        case .enrol, .closeUpload, .renewCertificate, .openSession: "POST"
        case .closeSession: "DELETE"
        default: "PUT"
        }
    }

    /// The path with its variable parts in angle brackets, as in the table.
    package var template: String {
        switch self {
        case .enrol: "/v1/enrolment"
        case .hello: "/v1/hello"
        case .describeSite: "/v1/site"
        case .nextWork: "/v1/work"
        case .progress: "/v1/progress"
        case .exchangeCheckpoints: "/v1/checkpoint"
        case .fetchPlan: "/v1/plans/<sha256>"
        case .answerPlan: "/v1/plans/<sha256>/answer"
        case .fetchBlob: "/v1/blobs/<sha256>"
        case .openUpload, .closeUpload: "/v1/uploads/<sha256>"
        case .putPart: "/v1/uploads/<sha256>/parts/<n>"
        case .contribute: "/v1/runs/<run>/rounds/<n>/contribution"
        case .reportFailure: "/v1/runs/<run>/rounds/<n>/failure"
        case .reportMetrics: "/v1/runs/<run>/metrics"
        case .renewCertificate: "/v1/certificate"
        case .listRuns: "/v1/runs"
        case .showRun: "/v1/runs/<run>"
        case .compareRun: "/v1/runs/<run>/comparison"
        case .exportAudit: "/v1/audit"
        case .beginSignIn, .openSession, .closeSession: "/v1/session"
        }
    }

    /// The longest body this message may have, in bytes.
    package var bodyBytesMax: Int {
        switch self {
        case .putPart: Limits.partBytes
        case .reportMetrics: Limits.documentBytesMax
        default: Limits.jsonBytesMax
        }
    }

    /// The path for a digest, as the messages about plans, blobs and uploads need.
    package func path(_ digest: SHA256Digest, part: Int? = nil) -> String {
        fill(["<sha256>": digest.rawValue, "<n>": part.map(String.init) ?? ""])
    }

    /// The path for a run, and a round where the message has one.
    package func path(_ run: RunID, round: RoundNumber? = nil) -> String {
        fill(["<run>": run.rawValue, "<n>": round.map(\.description) ?? ""])
    }

    /// The digest in a path of this message; nil if the path is not of it or has none.
    package func digest(inPath path: String) -> SHA256Digest? {
        let names = template.split(separator: "/", omittingEmptySubsequences: false)
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == parts.count else { return nil }
        return zip(names, parts).first { $0.0 == "<sha256>" }
            .flatMap { SHA256Digest(rawValue: String($0.1)) }
    }

    private func fill(_ values: [String: String]) -> String {
        template.split(separator: "/", omittingEmptySubsequences: false)
            .map { values[String($0)] ?? String($0) }
            .joined(separator: "/")
    }
}
