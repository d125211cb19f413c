/// What is known about one slice; a type that is missing from `values` is unknown.
package struct SliceLabels: Sendable, Hashable, Codable {
    /// Presence by type.
    package var values: [HaemorrhageType: Bool]
    /// Where the values come from.
    package var source: LabelSource

    /// Makes a set of labels.
    package init(values: [HaemorrhageType: Bool], source: LabelSource) {
        self.values = values
        self.source = source
    }

    /// The labels a mask of this slice implies.
    ///
    /// Pixels of unspecified haemorrhage make "any" present and leave the types that are not drawn
    /// unknown.
    package init(mask: MaskImage) {
        let counts = mask.pixelCounts
        var values: [HaemorrhageType: Bool] = [.any: !counts.isEmpty]
        let unspecified = counts[MaskImage.unspecified] != nil
        for type in HaemorrhageType.subtypes {
            if counts[UInt8(type.rawValue)] != nil {
                values[type] = true
            } else if !unspecified {
                values[type] = false
            }
        }
        self.init(values: values, source: .mask)
    }

    /// Six values in the order of the logits: 0, 1 or nil for unknown.
    package var targets: [Float?] { values.targets }

    /// These labels, with what they leave unknown taken from others (those of a mask, as a rule).
    package func filled(from others: SliceLabels) -> SliceLabels {
        SliceLabels(values: values.merging(others.values) { own, _ in own }, source: source)
    }
}
