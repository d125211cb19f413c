package import WireProtocol

/// A failure of the coordinator: for a site the catalogue entry, for the operator the message.
package struct CoordinatorError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What a site is told.
    package let entry: ErrorCatalogue
    /// What the operator reads: what happened, to which thing, what to do.
    package let message: String
    /// How `fedcoordinator` ends, as in sysexits(3): 1 failed, 75 try again, 78 bad configuration.
    package let exitStatus: Int32

    /// Makes an error; without a message the catalogue's text is used.
    package init(_ entry: ErrorCatalogue, _ message: String? = nil, exitStatus: Int32 = 1) {
        self.entry = entry
        self.message = message ?? entry.text
        self.exitStatus = exitStatus
    }

    /// A folder or setting that cannot be worked with.
    package static func configuration(_ message: String) -> CoordinatorError {
        CoordinatorError(.internal, message, exitStatus: 78)
    }

    /// What a failed part or blob is to the site.
    package init(_ failure: BlobFailure) {
        switch failure {
        case .otherSize: self.init(.conflict)
        case .noSuchPart, .otherPartSize: self.init(.malformed, "put-part: \(failure)")
        case .otherDigest: self.init(.digestMismatch)
        case .incomplete: self.init(.notFound)
        case .superseded: self.init(.busy, "another request writes the same part")
        case .diskFull: self.init(.busy, "the disk has no room for an upload")
        case .syncFailed: self.init(.internal, "the disk did not keep what was written")
        case .fileAccess: self.init(.internal, "an upload's files cannot be read or written")
        }
    }

    /// The operator's message.
    package var description: String { message }
}
