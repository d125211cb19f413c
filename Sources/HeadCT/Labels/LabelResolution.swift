/// What labels and masks of one exam say together, slice by slice.
///
/// The site's own labels go first. What they leave unknown is filled from the masks; what the
/// whole exam lacks, each of its slices lacks. Disagreements are listed and not settled.
package struct LabelResolution: Sendable, Hashable {
    /// A disagreement between labels and masks.
    package enum Contradiction: String, Sendable, Hashable, Codable, CaseIterable {
        /// A mask shows haemorrhage in an exam labelled as without.
        case maskInNegativeExam = "mask-in-negative-exam"
        /// A mask shows haemorrhage in a slice labelled as without.
        case maskInNegativeSlice = "mask-in-negative-slice"
        /// All masks are empty in an exam labelled as with haemorrhage.
        case emptyMasksInPositiveExam = "empty-masks-in-positive-exam"
    }

    /// What is known about the exam; nil for nothing.
    package let exam: ExamLabels?
    /// What is known about each slice, in the order given; nil for nothing.
    package let slices: [SliceLabels?]
    /// Where labels and masks disagree.
    package let contradictions: [Contradiction]

    /// Puts together what is known.
    ///
    /// - Parameters:
    ///   - exam: The exam's own labels (``LabelJoin/exams``), if it has any.
    ///   - slices: Each slice's own labels (``LabelJoin/slices``), nil where it has none.
    ///   - masks: Each slice's mask, nil where none is known; as many as slices.
    package init(exam: ExamLabels?, slices: [SliceLabels?], masks: [MaskImage?]) {
        precondition(slices.count == masks.count, "one mask or nil for each slice")
        let drawn = masks.map { mask in mask.map { SliceLabels(mask: $0) } }
        let resolved = exam ?? Self.examLabels(drawn)
        self.exam = resolved
        self.slices = zip(slices, drawn).map { own, drawn in
            Self.slice(own, drawn: drawn, exam: resolved)
        }
        contradictions = Self.contradictions(exam: resolved, slices: slices, masks: masks)
    }

    /// The maximum over masks, for an exam without labels of its own.
    private static func examLabels(_ drawn: [SliceLabels?]) -> ExamLabels? {
        guard drawn.contains(where: { $0 != nil }) else { return nil }
        return ExamLabels(values: .maximum(over: drawn.map { $0?.values ?? [:] }), source: .mask)
    }

    private static func slice(
        _ own: SliceLabels?,
        drawn: SliceLabels?,
        exam: ExamLabels?
    ) -> SliceLabels? {
        let absent = exam.map { exam in
            SliceLabels(values: exam.values.filter { !$0.value }, source: exam.source)
        }
        let known = [own, drawn, absent].compactMap { $0 }.filter { !$0.values.isEmpty }
        guard let first = known.first else { return nil }
        return known.dropFirst().reduce(first) { $0.filled(from: $1) }
    }

    private static func contradictions(
        exam: ExamLabels?,
        slices: [SliceLabels?],
        masks: [MaskImage?]
    ) -> [Contradiction] {
        let isDrawn = masks.map { $0?.isEmpty == false }
        var result: [Contradiction] = []
        if exam?.values[.any] == false, isDrawn.contains(true) {
            result.append(.maskInNegativeExam)
        }
        if zip(slices, isDrawn).contains(where: { $0?.values[.any] == false && $1 }) {
            result.append(.maskInNegativeSlice)
        }
        let areEmpty = !masks.isEmpty && masks.allSatisfy { $0?.isEmpty == true }
        if exam?.values[.any] == true, areEmpty { result.append(.emptyMasksInPositiveExam) }
        return result
    }
}
