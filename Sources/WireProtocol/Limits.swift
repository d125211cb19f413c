/// The limits of Protocol.md section 9.
package enum Limits {
    /// JSON bodies; no message but metrics and plans needs more.
    package static let jsonBytesMax = 64 * 1024
    /// Plans and metrics.
    package static let documentBytesMax = 1024 * 1024
    /// A part of a blob: bounded memory, quick resume.
    package static let partBytes = 8 * 1024 * 1024
    /// A whole blob.
    package static let blobBytesMax = 4 * 1024 * 1024 * 1024
    /// How long the coordinator holds a request for work: shorter than the 60 s after which proxies cut.
    package static let longPollSecondsMax = 25
    /// The head of a request: method, path, fields.
    package static let headBytesMax = 16 * 1024
    /// Connections that a client opens at once.
    package static let connectionsMax = 4
    /// Bytes a second that a line has at least; a body that comes more slowly is refused.
    package static let bytesPerSecondMin = 1000
    /// How often a site repeats a request that failed in a retryable way.
    package static let attemptsMax = 8
}
