package import Federation

/// A blob that is whole, verified and synced.
package struct StoredBlob: Sendable, Hashable, Codable {
    /// Its digest.
    package let sha256: SHA256Digest
    /// Its size.
    package let bytes: Int

    /// Names a blob.
    package init(sha256: SHA256Digest, bytes: Int) {
        self.sha256 = sha256
        self.bytes = bytes
    }
}
