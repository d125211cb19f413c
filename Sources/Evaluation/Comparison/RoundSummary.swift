/// One round as the coordinator saw it.
package struct RoundSummary: Sendable, Hashable, Codable {
    /// What one site's training reported in a round.
    package struct SiteLoss: Sendable, Hashable, Codable {
        /// The site.
        package var site: String
        /// Its mean training loss; nil when the plan keeps it at the site.
        package var loss: Double?
        /// The bytes of its update.
        package var bytes: Int
        /// Seconds from offering the model to receiving the update.
        package var seconds: Double

        /// Makes an entry.
        package init(site: String, loss: Double?, bytes: Int, seconds: Double) {
            self.site = site
            self.loss = loss
            self.bytes = bytes
            self.seconds = seconds
        }
    }

    /// The number of the round, from 1.
    package var number: Int
    /// The mean training loss, weighted like the aggregation; nil when no site reported one.
    package var loss: Double?
    /// All bytes of the round, models down and updates up.
    package var bytes: Int
    /// The duration of the round.
    package var seconds: Double
    /// Who took part.
    package var rollCall: RollCall
    /// The contributing sites, in the order of their identifiers.
    package var sites: [SiteLoss]

    /// Makes a summary.
    package init(
        number: Int,
        loss: Double?,
        bytes: Int,
        seconds: Double,
        rollCall: RollCall,
        sites: [SiteLoss] = []
    ) {
        self.number = number
        self.loss = loss
        self.bytes = bytes
        self.seconds = seconds
        self.rollCall = rollCall
        self.sites = sites.sorted { $0.site < $1.site }
    }
}
