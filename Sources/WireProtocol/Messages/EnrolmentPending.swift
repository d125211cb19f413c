/// What an applicant is told while nobody has approved it (Protocol.md section 5.1.1).
package struct EnrolmentPending: Sendable, Hashable, Codable {
    /// Always `pending`.
    package let status: String
    /// The federation's name.
    package let federation: String
    /// The URI the certificate will carry.
    package let party: String
    /// After how many seconds to ask again.
    package let retrySeconds: Int
    /// The newest root, while the one before it is still gone by.
    package let rootAnnouncement: RootAnnouncement?

    /// Makes the answer.
    package init(
        federation: String,
        party: String,
        retrySeconds: Int = 5,
        rootAnnouncement: RootAnnouncement? = nil
    ) {
        status = "pending"
        self.federation = federation
        self.party = party
        self.retrySeconds = retrySeconds
        self.rootAnnouncement = rootAnnouncement
    }
}
