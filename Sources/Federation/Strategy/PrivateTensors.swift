package import Tensors

/// Tensors that never leave a site: each keeps its own, and the global model keeps its first ones.
///
/// Li et al., "FedBN: Federated Learning on Non-IID Features via Local Batch Normalization",
/// ICLR 2021, with names instead of layer types, so that any part of a network can stay local
/// (normalization, a head). An update is laid out as the global model without these tensors: what
/// is private is not in the file, so it cannot leave by mistake.
package struct PrivateTensors: Sendable, Hashable, Codable {
    /// Patterns of tensor names; `*` stands for any letters.
    package let patterns: [String]

    /// No tensor is private.
    package static let none = PrivateTensors(patterns: [])

    /// Tensors whose names match one of the patterns.
    package init(patterns: [String]) { self.patterns = patterns }

    /// Whether the tensor stays at the site.
    package func contains(_ name: String) -> Bool {
        patterns.contains { NamePattern($0).matches(name) }
    }

    /// The entries of a model that updates have, in the order of the file.
    package func sharedEntries(of header: SafetensorsHeader) -> [SafetensorsHeader.Entry] {
        header.entries.filter { !contains($0.name) }
    }

    /// For each entry of a model its position in an update; nil where it is private.
    func sharedPositions(of header: SafetensorsHeader) -> [Int?] {
        var next = 0
        return header.entries.map { entry in
            guard !contains(entry.name) else { return nil }
            defer { next += 1 }
            return next
        }
    }

    /// Whether two lists of entries have the same names, types and shapes in the same order.
    static func haveSameLayout(
        _ first: [SafetensorsHeader.Entry],
        _ second: [SafetensorsHeader.Entry]
    ) -> Bool {
        first.count == second.count
            && zip(first, second).allSatisfy {
                $0.name == $1.name && $0.elementType == $1.elementType && $0.shape == $1.shape
            }
    }
}
