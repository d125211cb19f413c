package import Foundation
import Tensors

/// An accepted update as a strategy takes it: a safetensors file of deltas and its weight.
package struct WeightedUpdate: Sendable, Hashable {
    /// The site it came from.
    package let site: SiteID
    /// The file of deltas (local model minus global model), laid out as the global model.
    package let file: URL
    /// What it counts, at least 0.
    package let weight: Double
    /// The local steps it was made of, at least 1; matters to FedNova and SCAFFOLD only.
    package let steps: Int
    /// How many steps the global model took since the one it was trained on; matters to FedBuff only.
    package let staleness: Int
    /// How the file is written; nil for Float32.
    package let compression: CompressionRules?

    /// An update.
    package init(
        site: SiteID,
        file: URL,
        weight: Double,
        steps: Int = 1,
        staleness: Int = 0,
        compression: CompressionRules? = nil
    ) {
        self.site = site
        self.file = file
        self.weight = weight
        self.steps = max(1, steps)
        self.staleness = max(0, staleness)
        self.compression = compression
    }

    /// Opens the file for the tensors of a model.
    ///
    /// - Throws: `layoutMismatch` naming the site, `fileAccess`.
    func open(
        as layout: [SafetensorsHeader.Entry]
    ) throws(FederationError) -> UpdateFile {
        do throws(UpdateRejection) {
            return try UpdateFile(file, rules: compression, layout: layout)
        } catch {
            guard error.code != .unreadable else {
                throw FederationError(.fileAccess, error.message)
            }
            throw FederationError(
                .layoutMismatch,
                "the update of \(site) is not laid out as the global model"
            )
        }
    }

    /// Refuses weights that are negative or not finite, and a round without any weight.
    package static func check(_ updates: [WeightedUpdate]) throws(FederationError) {
        precondition(
            zip(updates, updates.dropFirst()).allSatisfy { $0.site < $1.site },
            "updates must ascend by site id, one a site"
        )
        for update in updates where !update.weight.isFinite || update.weight < 0 {
            throw FederationError(
                .invalidWeight,
                "the weight of \(update.site) is negative or not finite"
            )
        }
        let total = updates.reduce(0) { $0 + $1.weight }
        guard total > 0, total.isFinite else {
            throw FederationError(.noUpdates, "no update has a weight above 0")
        }
    }
}
