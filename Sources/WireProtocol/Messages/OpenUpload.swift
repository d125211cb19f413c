/// Announces an upload (Protocol.md section 5.6).
package struct OpenUpload: Sendable, Hashable, Codable {
    /// The blob's size.
    package let bytes: Int

    /// Announces a size.
    package init(bytes: Int) { self.bytes = bytes }
}
