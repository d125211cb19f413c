/// Why an update was turned back before any arithmetic; shown to the site, kept with the update.
package struct UpdateRejection: Error, Sendable, Hashable, CustomStringConvertible {
    /// The reason, in the order in which the gate looks (stable across versions).
    package enum Code: String, Sendable, Hashable, Codable, CaseIterable {
        case unreadable = "unreadable"
        case tensorMismatch = "tensor-mismatch"
        case dtypeMismatch = "dtype-mismatch"
        case shapeMismatch = "shape-mismatch"
        case digestMismatch = "digest-mismatch"
        case unknownSite = "unknown-site"
        case wrongRound = "wrong-round"
        case roundClosed = "round-closed"
        case alreadyCounted = "already-counted"
        case encodingInvalid = "encoding-invalid"
        case nonFinite = "non-finite"
        case weightOutOfRange = "weight-out-of-range"
        case normAboveLimit = "norm-above-limit"
        case valueAboveLimit = "value-above-limit"
    }

    /// The reason.
    package let code: Code

    /// What was found, naming the tensor or the figure, as one sentence.
    package let message: String

    /// A rejection with a sentence for the site.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The code and the sentence.
    package var description: String { "\(code.rawValue): \(message)" }
}
