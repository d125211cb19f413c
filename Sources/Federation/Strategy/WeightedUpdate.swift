package import Foundation

/// An accepted update as a strategy takes it: a safetensors file of deltas and its weight.
package struct WeightedUpdate: Sendable, Hashable {
    /// The site it came from.
    package let site: SiteID
    /// The file of deltas (local model minus global model), laid out as the global model.
    package let file: URL
    /// What it counts, at least 0.
    package let weight: Double

    /// An update.
    package init(site: SiteID, file: URL, weight: Double) {
        self.site = site
        self.file = file
        self.weight = weight
    }
}
