/// How the update of one site lay to the step of the federation: what a person looks at before
/// anyone is left out for being different.
package struct SiteAggregation: Sendable, Hashable, Codable {
    /// The site.
    package let site: SiteID
    /// What its update counted.
    package let weight: Double
    /// The Euclidean norm of its update.
    package let norm: Double
    /// The cosine between its update and the step, −1 to 1; nil where one of them is zero.
    package let cosine: Double?
    /// Whether a selecting rule (Krum, Bulyan) left it out, or norm clipping shortened it.
    package var setAside = false
}

extension AggregationReport {
    /// Marks the sites, by their place, that a selecting rule did not keep.
    mutating func setAside(allBut kept: [Int]) {
        for index in sites.indices { sites[index].setAside = !kept.contains(index) }
    }
}
