import HeadCT
import Testing

struct LabelResolutionTests {
    private let empty = MaskImage.empty(rows: 4, columns: 4)

    private func lesion(_ code: UInt8) throws -> MaskImage {
        try MaskImage(rows: 4, columns: 4, classes: (0..<16).map { $0 < 3 ? code : 0 })
    }

    private func exam(_ values: [HaemorrhageType: Bool]) -> ExamLabels {
        ExamLabels(values: values, source: .report)
    }

    @Test func `masks label the slices of an exam labelled as a whole`() throws {
        let result = LabelResolution(
            exam: exam([.any: true]),
            slices: [nil, nil, nil],
            masks: [empty, try lesion(5), nil]
        )
        #expect(result.exam == exam([.any: true]))
        #expect(result.slices[0]?.targets == [0, 0, 0, 0, 0, 0])
        #expect(result.slices[1]?.targets == [1, 0, 0, 0, 0, 1])
        #expect(result.slices[2] == nil)
        #expect(result.contradictions.isEmpty)
    }

    @Test func `an exam without haemorrhage has none in any slice`() {
        let values: [HaemorrhageType: Bool] = [.any: false, .subdural: false]
        let result = LabelResolution(exam: exam(values), slices: [nil, nil], masks: [nil, nil])
        #expect(result.slices.allSatisfy { $0?.values == values })
    }

    @Test func `a slice's own labels go before its mask`() throws {
        let own = SliceLabels(values: [.any: true, .epidural: true], source: .single)
        let result = LabelResolution(exam: nil, slices: [own], masks: [try lesion(5)])
        #expect(result.slices[0]?.targets == [1, 1, 0, 0, 0, 1])
        #expect(result.slices[0]?.source == .single)
    }

    @Test func `unspecified haemorrhage leaves the types unknown`() throws {
        let result = LabelResolution(
            exam: nil,
            slices: [nil, nil],
            masks: [try lesion(MaskImage.unspecified), empty]
        )
        #expect(result.exam?.values == [.any: true])
        #expect(result.exam?.source == .mask)
        #expect(result.slices[0]?.values == [.any: true])
    }

    @Test func `nothing known stays nothing`() {
        let result = LabelResolution(exam: nil, slices: [nil], masks: [nil])
        #expect(result.exam == nil)
        #expect(result.slices == [nil])
    }

    @Test func `disagreements of labels and masks are listed`() throws {
        let drawn = [try lesion(1), empty]
        let negative = SliceLabels(values: [.any: false], source: .single)
        #expect(
            LabelResolution(exam: exam([.any: false]), slices: [negative, nil], masks: drawn)
                .contradictions == [.maskInNegativeExam, .maskInNegativeSlice]
        )
        #expect(
            LabelResolution(exam: exam([.any: true]), slices: [nil, nil], masks: [empty, empty])
                .contradictions == [.emptyMasksInPositiveExam]
        )
    }
}
