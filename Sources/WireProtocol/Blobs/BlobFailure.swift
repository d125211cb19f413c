/// Why a part or a blob was not taken.
package enum BlobFailure: Error, Sendable, Hashable {
    /// It was begun with another size.
    case otherSize
    /// There is no part of this number.
    case noSuchPart
    /// The part has more or fewer bytes than its place.
    case otherPartSize
    /// The bytes do not have the stated SHA-256.
    case otherDigest
    /// Parts are missing.
    case incomplete
    /// Somebody else has begun to write the same part, or has finished it.
    case superseded
    /// The disk has no room for it.
    case diskFull
    /// What was written did not reach the disk: the process must stop and recover, not try again.
    case syncFailed
    /// A file cannot be read or written.
    case fileAccess
}
