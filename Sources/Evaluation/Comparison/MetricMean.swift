/// The unweighted mean of one metric over the sites that reported it for both models.
///
/// A site that withheld it takes no part; it never counts as 0.
package struct MetricMean: Sendable, Hashable, Codable {
    /// The metric: `auroc`, `tile-auroc` or `dice-mean`.
    ///
    /// No rates: the sites whose rates are withheld are those with few errors, so that a mean over
    /// the others would be biased.
    package let metric: String
    /// The mean for the federated model.
    package let federated: Double
    /// The mean for the local-only models.
    package let localOnly: Double
    /// The sites that took part.
    package let sites: [String]

    static func all(of sites: [SiteComparison]) -> [MetricMean] {
        let metrics: [(String, (SiteMetrics) -> Double?)] = [
            ("auroc", { $0.auroc.value?.estimate }),
            ("tile-auroc", { $0.tiles.value?.estimate }),
            ("dice-mean", { $0.dice.value?.mean }),
        ]
        return metrics.compactMap { mean($0.0, of: sites, $0.1) }
    }

    private static func mean(
        _ metric: String,
        of sites: [SiteComparison],
        _ value: (SiteMetrics) -> Double?
    ) -> MetricMean? {
        let pairs = sites.sorted { $0.id < $1.id }.compactMap { site in
            site.federated.value.flatMap(value).flatMap { federated in
                site.localOnly.value.flatMap(value).map { (site.id, federated, $0) }
            }
        }
        guard !pairs.isEmpty else { return nil }
        // Six decimals: the mean of rounded values carries no more.
        func mean(_ values: [Double]) -> Double {
            (values.reduce(0, +) / Double(values.count) * 1e6).rounded() / 1e6
        }
        return MetricMean(
            metric: metric,
            federated: mean(pairs.map { $0.1 }),
            localOnly: mean(pairs.map { $0.2 }),
            sites: pairs.map { $0.0 }
        )
    }
}
