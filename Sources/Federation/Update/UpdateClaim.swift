/// What a site says about an update that it uploaded.
package struct UpdateClaim: Sendable, Hashable {
    /// The site, as its certificate names it.
    package let site: SiteID
    /// The round it trained in.
    package let round: RoundNumber
    /// The digest of the file.
    package let sha256: SHA256Digest
    /// The examples it trained on in the round: the weight of its update.
    package let examples: Int

    /// A claim.
    package init(site: SiteID, round: RoundNumber, sha256: SHA256Digest, examples: Int) {
        self.site = site
        self.round = round
        self.sha256 = sha256
        self.examples = examples
    }
}
