/// What is known about one exam; a type that is missing from `values` is unknown, not absent.
package struct ExamLabels: Sendable, Hashable, Codable {
    /// Presence by type.
    package var values: [HaemorrhageType: Bool]
    /// Where the values come from.
    package var source: LabelSource
    /// Circumstances, ascending; empty where the table has none.
    package var context: [ExamContext]
    /// Readers' votes where the table carries several readers.
    package var votes: [HaemorrhageType: ReaderVotes]
    /// The lesion volume in mL stated by the table, if it states one.
    package var statedVolumeML: Double?

    /// Makes a set of labels.
    package init(
        values: [HaemorrhageType: Bool],
        source: LabelSource,
        context: [ExamContext] = [],
        votes: [HaemorrhageType: ReaderVotes] = [:],
        statedVolumeML: Double? = nil
    ) {
        self.values = values
        self.source = source
        self.context = context
        self.votes = votes
        self.statedVolumeML = statedVolumeML
    }

    /// Six values in the order of the logits: 0, 1 or nil for unknown.
    package var targets: [Float?] { values.targets }
}

extension [HaemorrhageType: Bool] {
    /// Six values in the order of the logits: 0, 1 or nil for unknown.
    package var targets: [Float?] {
        HaemorrhageType.allCases.map { type in self[type].map { $0 ? 1 : 0 } }
    }

    /// The values with "any" derived where the types decide it: one present, or all five known to
    /// be absent.
    var withDerivedAny: [HaemorrhageType: Bool] {
        guard self[.any] == nil else { return self }
        var result = self
        let known = HaemorrhageType.subtypes.compactMap { self[$0] }
        if known.contains(true) {
            result[.any] = true
        } else if known.count == HaemorrhageType.subtypes.count {
            result[.any] = false
        }
        return result
    }

    /// Whether "any" is denied while a type is present.
    var contradictsItself: Bool {
        self[.any] == false && HaemorrhageType.subtypes.contains { self[$0] == true }
    }

    /// The presence by type over several slices: present if in any, absent only if known absent in
    /// all.
    static func maximum(over slices: [[HaemorrhageType: Bool]]) -> [HaemorrhageType: Bool] {
        var result: [HaemorrhageType: Bool] = [:]
        for type in HaemorrhageType.allCases {
            let known = slices.compactMap { $0[type] }
            if known.contains(true) {
                result[type] = true
            } else if !slices.isEmpty, known.count == slices.count {
                result[type] = false
            }
        }
        return result
    }
}
