import Tensors
import Testing

@Suite("Seeded generator")
struct SeededGeneratorTests {
    @Test("The first words for seed 0 are those of xoshiro256** seeded by SplitMix64")
    func reference() {
        // From an independent implementation (Python integers) of both published algorithms.
        var generator = SeededGenerator(seed: 0)
        #expect(
            (0..<4).map { _ in generator.next() } == [
                11_091_344_671_253_066_420, 13_793_997_310_169_335_082,
                1_900_383_378_846_508_768, 7_684_712_102_626_143_532,
            ]
        )
    }

    @Test("Same seed and stream give the same numbers, other labels give others")
    func streams() {
        var first = SeededGenerator(seed: 7, stream: "site", "a")
        var again = SeededGenerator(seed: 7, stream: "site", "a")
        var shifted = SeededGenerator(seed: 7, stream: "sitea", "")
        var other = SeededGenerator(seed: 8, stream: "site", "a")
        let numbers = (0..<8).map { _ in first.next() }
        #expect(numbers == (0..<8).map { _ in again.next() })
        #expect(numbers != (0..<8).map { _ in shifted.next() })
        #expect(numbers != (0..<8).map { _ in other.next() })
    }

    @Test("Uniform, Gaussian and bounded numbers have the moments they should")
    func moments() {
        var generator = SeededGenerator(seed: 3)
        let count = 100_000
        let uniform = (0..<count).map { _ in generator.nextUniform() }
        #expect(uniform.allSatisfy { (0..<1).contains($0) })
        #expect(abs(uniform.reduce(0, +) / Double(count) - 0.5) < 0.005)
        let gaussian = (0..<count).map { _ in generator.nextGaussian() }
        let mean = gaussian.reduce(0, +) / Double(count)
        let variance = gaussian.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count)
        #expect(abs(mean) < 0.015)
        #expect(abs(variance - 1) < 0.02)
        var counts = [Int](repeating: 0, count: 3)
        for _ in 0..<30_000 { counts[generator.nextIndex(below: 3)] += 1 }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 400 })
    }

    @Test("A shuffle keeps the elements and follows the seed")
    func shuffle() {
        var generator = SeededGenerator(seed: 5)
        let shuffled = generator.shuffled(Array(0..<50))
        #expect(shuffled != Array(0..<50))
        #expect(shuffled.sorted() == Array(0..<50))
        var again = SeededGenerator(seed: 5)
        #expect(again.shuffled(Array(0..<50)) == shuffled)
    }
}
