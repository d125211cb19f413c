/// What went wrong with a tensor, a set of named tensors or a safetensors file.
package struct TensorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of failure, stable across versions.
    package enum Code: String, Sendable, Hashable {
        case duplicateName = "duplicate-name"
        case invalidName = "invalid-name"
        case malformedHeader = "malformed-header"
        case limitExceeded = "limit-exceeded"
        case layout = "layout"
        case unsupportedType = "unsupported-type"
        case truncated = "truncated"
        case fileAccess = "file-access"
        /// What was written did not reach the disk: the process must stop and recover, not try again.
        case syncFailed = "sync-failed"
    }

    /// The kind of failure.
    package let code: Code

    /// What happened, to which tensor or byte, as one sentence.
    package let message: String

    /// An error with a sentence for people.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the sentence.
    package var description: String { "\(code.rawValue): \(message)" }
}
