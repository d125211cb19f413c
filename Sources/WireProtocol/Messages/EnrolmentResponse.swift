/// What an admitted party gets.
package struct EnrolmentResponse: Sendable, Hashable, Codable {
    /// The id the invite was made for, of a site or a person.
    package let siteID: String
    /// The federation's name.
    package let federation: String
    /// The URI the certificate carries.
    package let party: String
    /// Leaf and issuing certificate in PEM.
    package let certificateChain: String
    /// The root in PEM; the site checks it against the invite.
    package let rootCertificate: String
    /// Where the service port is.
    package let serviceHost: String
    /// The service port.
    package let servicePort: Int
    /// The newest root, while the one before it is still gone by.
    package let rootAnnouncement: RootAnnouncement?

    /// Makes a response.
    package init(
        siteID: String,
        federation: String,
        party: String,
        certificateChain: String,
        rootCertificate: String,
        serviceHost: String,
        servicePort: Int,
        rootAnnouncement: RootAnnouncement? = nil
    ) {
        self.siteID = siteID
        self.federation = federation
        self.party = party
        self.certificateChain = certificateChain
        self.rootCertificate = rootCertificate
        self.serviceHost = serviceHost
        self.servicePort = servicePort
        self.rootAnnouncement = rootAnnouncement
    }
}
