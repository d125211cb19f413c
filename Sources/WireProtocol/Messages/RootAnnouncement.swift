/// A root that follows the one a party may still go by (Protocol.md section 5.15).
package struct RootAnnouncement: Sendable, Hashable, Codable {
    /// The new root in PEM, signed by itself.
    package let root: String
    /// The new root's name and key, certified by the old root, in PEM.
    package let crossCertificate: String

    /// Makes an announcement.
    package init(root: String, crossCertificate: String) {
        self.root = root
        self.crossCertificate = crossCertificate
    }
}
