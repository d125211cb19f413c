import Tensors

/// What went wrong with an identifier or with the aggregation of a round.
package struct FederationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case invalidSiteID = "invalid-site-id"
        case invalidRunID = "invalid-run-id"
        case invalidDigest = "invalid-digest"
        case fileAccess = "file-access"
        /// What was written did not reach the disk: the process must stop and recover, not try again.
        case syncFailed = "sync-failed"
        case noUpdates = "no-updates"
        case invalidWeight = "invalid-weight"
        case layoutMismatch = "layout-mismatch"
        case nonFiniteResult = "non-finite-result"
        case duplicateSite = "duplicate-site"
        case quorumUnreachable = "quorum-unreachable"
        case tooFewSites = "too-few-sites"
        case stateMismatch = "state-mismatch"
    }

    /// The kind of failure.
    package let code: Code

    /// What happened, to which site or tensor, as one sentence.
    package let message: String

    /// An error with a sentence for people.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the sentence.
    package var description: String { "\(code.rawValue): \(message)" }
}

extension FederationError {
    /// The error of a strategy that met this error of a file.
    init(_ error: TensorError) {
        switch error.code {
        case .syncFailed: self.init(.syncFailed, error.message)
        case .fileAccess, .truncated: self.init(.fileAccess, error.message)
        default: self.init(.layoutMismatch, error.message)
        }
    }
}
