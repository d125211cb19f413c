/// How a coordinator introduces itself (Protocol.md section 5.2).
package struct Hello: Sendable, Hashable, Codable {
    /// The versions it speaks.
    package let protocolVersions: [Int]
    /// The federation's name.
    package let federation: String
    /// The site, or person, that the certificate stands for.
    package let siteID: String
    /// The coordinator's version.
    package let softwareVersion: String
    /// Its wall clock, milliseconds since 1970, for the site to see a wrong clock.
    package let timeMilliseconds: Int64
    /// Whether its system says that its clock is disciplined.
    package let clockIsSynchronized: Bool
    /// What nonces have to begin with, 16 hexadecimal digits (section 3.2).
    package let bootID: String
    /// The size of parts it takes.
    package let partBytes: Int

    /// Makes the message.
    package init(
        protocolVersions: [Int] = ProtocolVersion.supported,
        federation: String,
        siteID: String,
        softwareVersion: String,
        timeMilliseconds: Int64,
        clockIsSynchronized: Bool,
        bootID: String,
        partBytes: Int = Limits.partBytes
    ) {
        self.protocolVersions = protocolVersions
        self.federation = federation
        self.siteID = siteID
        self.softwareVersion = softwareVersion
        self.timeMilliseconds = timeMilliseconds
        self.clockIsSynchronized = clockIsSynchronized
        self.bootID = bootID
        self.partBytes = partBytes
    }
}
