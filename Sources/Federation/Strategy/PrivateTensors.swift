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
        patterns.contains { Self.matches(Array(name.utf8)[...], Array($0.utf8)[...]) }
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

    private static func matches(_ name: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>) -> Bool {
        // Remember the last star and the place it was tried at: linear, without recursion.
        var (name, pattern) = (name, pattern)
        var retry: (name: ArraySlice<UInt8>, pattern: ArraySlice<UInt8>)?
        while let letter = name.first {
            if pattern.first == UInt8(ascii: "*") {
                pattern = pattern.dropFirst()
                retry = (name, pattern)
            } else if pattern.first == letter {
                name = name.dropFirst()
                pattern = pattern.dropFirst()
            } else if let last = retry {
                name = last.name.dropFirst()
                pattern = last.pattern
                retry = (name, pattern)
            } else {
                return false
            }
        }
        return pattern.allSatisfy { $0 == UInt8(ascii: "*") }
    }
}
