/// Strata of haemorrhage volume per exam in mL, left-closed; "unknown" is a stratum of its own.
package struct VolumeStrata: Sendable, Hashable {
    /// The inner edges in mL, ascending.
    package let edgesML: [Double]

    /// 0.1, 5 and 25 mL: punctate, small, medium, large (evaluation.md 1.1).
    package static let standard = VolumeStrata(ascending: [0.1, 5, 25])

    private init(ascending edges: [Double]) { edgesML = edges }

    /// Makes strata; throws `invalidEdges` unless edges are positive, finite and ascending.
    package init(edgesML: [Double]) throws(EvaluationError) {
        let ascends = zip(edgesML, edgesML.dropFirst()).allSatisfy { $0 < $1 }
        guard ascends, edgesML.allSatisfy({ $0 > 0 && $0.isFinite }) else {
            throw EvaluationError(
                .invalidEdges,
                "volume strata need positive edges in mL in ascending order"
            )
        }
        self.init(ascending: edgesML)
    }

    /// The number of strata, "unknown" included as the last.
    package var count: Int { edgesML.count + 2 }

    /// The stratum of a volume in mL; the last for an unknown one.
    package func index(ofML volume: Double?) -> Int {
        guard let volume, volume.isFinite else { return count - 1 }
        return edgesML.firstIndex { volume < $0 } ?? edgesML.count
    }

    /// The name of a stratum, such as `0.1–5 mL`.
    package func label(_ index: Int) -> String {
        precondition((0..<count).contains(index), "a stratum of this division")
        guard index < count - 1 else { return "volume unknown" }
        let text = edgesML.map { $0.rounded() == $0 ? String(Int($0)) : String($0) }
        guard let first = text.first, let last = text.last else { return "all volumes" }
        if index == 0 { return "<\(first) mL" }
        return index == edgesML.count
            ? "≥\(last) mL" : "\(text[index - 1])–\(text[index]) mL"
    }

    /// The ends of a stratum in mL; nil for an open end and for "unknown".
    package func bounds(_ index: Int) -> (from: Double?, to: Double?) {
        guard index < count - 1 else { return (nil, nil) }
        return (
            index == 0 ? 0 : edgesML[index - 1], index == edgesML.count ? nil : edgesML[index]
        )
    }
}
