/// One site: the federated model and its local-only model on its own test exams.
package struct SiteComparison: Sendable, Hashable, Codable {
    /// The identifier of the site.
    package var id: String
    /// Its name for people.
    package var name: String
    /// What became of its files; withheld when the site did not answer.
    package var intake: Reported<IntakeCounts>
    /// The federated model.
    package var federated: Reported<SiteMetrics>
    /// The model trained on this site's data alone.
    package var localOnly: Reported<SiteMetrics>
    /// AUROC of the federated minus that of the local-only model.
    package var difference: Reported<DifferenceEstimate>
    /// Where the site keeps the list of all it sent; nil when not known to the coordinator.
    package var egressLedger: String?

    /// Makes an entry; a site that sent nothing keeps the default "site did not answer".
    package init(
        id: String,
        name: String,
        intake: Reported<IntakeCounts> = .withheld(.siteDidNotAnswer),
        federated: Reported<SiteMetrics> = .withheld(.siteDidNotAnswer),
        localOnly: Reported<SiteMetrics> = .withheld(.siteDidNotAnswer),
        difference: Reported<DifferenceEstimate> = .withheld(.siteDidNotAnswer),
        egressLedger: String? = nil
    ) {
        self.id = id
        self.name = name
        self.intake = intake
        self.federated = federated
        self.localOnly = localOnly
        self.difference = difference
        self.egressLedger = egressLedger
    }
}
