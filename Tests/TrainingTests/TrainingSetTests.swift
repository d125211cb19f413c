import Tensors
import Testing
import Training

@Suite struct TrainingSetTests {
    @Test func `a mask decides before a slice label, and that before the exam's`() throws {
        let masked = try BuiltExam(any: true, lesionSlices: [2], masksAreKnown: true).exam()
        #expect((0..<5).map { masked.targets(at: $0)?[0] } == [0, 0, 1, 0, 0])
        #expect(masked.targets(at: 2) == [1, 0, 0, 0, 0, 1])
        let labelled = try BuiltExam(any: true, sliceLabels: [1: true, 3: false]).exam()
        #expect((0..<5).map { labelled.targets(at: $0)?[0] } == [nil, 1, nil, 0, nil])
        let negative = try BuiltExam(any: false).exam()
        #expect((0..<5).allSatisfy { negative.targets(at: $0) == [0, 0, 0, 0, 0, 0] })
        #expect(try BuiltExam(any: true).exam().targets(at: 0) == nil)
    }

    @Test func `slices of exams that are only known to be positive are left out`() throws {
        let set = try TrainingSet(exams: [
            BuiltExam(id: "2.25.1", any: true).exam(),
            BuiltExam(id: "2.25.2", any: false, slices: 3).exam(),
        ])
        #expect(set.positives.isEmpty && set.negatives.count == 3 && set.count == 3)
        #expect(set.positiveExams == 1)
    }

    @Test(arguments: [0.25, 0.5, 0.9])
    func `positives are drawn with the given share`(fraction: Double) throws {
        let set = try SmallNetwork.set()
        let positives = Set(set.positives)
        #expect(positives.count == 2 && set.negatives.count == 8)
        var generator = SeededGenerator(seed: 5)
        let draws = (0..<4000).map { _ in
            set.draw(positiveFraction: fraction, using: &generator)
        }
        let share = Double(draws.count { positives.contains($0) }) / 4000
        #expect(abs(share - fraction) < 0.03)
        #expect(Set(draws).count == set.count, "every slice is drawn at some time")
    }

    @Test func `without a share slices are drawn as they come`() throws {
        let set = try SmallNetwork.set()
        var generator = SeededGenerator(seed: 5)
        let positives = Set(set.positives)
        let share =
            Double(
                (0..<4000).count { _ in
                    positives.contains(set.draw(positiveFraction: nil, using: &generator))
                }
            ) / 4000
        #expect(abs(share - 0.2) < 0.03)
    }

    @Test func `where only one kind exists the share does not matter`() throws {
        let set = try TrainingSet(exams: [BuiltExam(any: false).exam()])
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<50 {
            #expect(set.negatives.contains(set.draw(positiveFraction: 0.9, using: &generator)))
        }
    }
}
