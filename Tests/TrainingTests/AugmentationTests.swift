import HeadCT
import NeuralNetwork
import Tensors
import Testing
import Training

@Suite struct AugmentationTests {
    private static let still = SlabAugmentation.none

    private static func example(
        _ augmentation: SlabAugmentation,
        seed: UInt64
    ) throws -> (input: Tensor, mask: Tensor?) {
        let set = try SmallNetwork.set()
        var generator = SeededGenerator(seed: seed)
        let place = try #require(set.positives.first)
        let example = set.example(at: place, augmentation: augmentation, using: &generator)
        return (example.input, example.mask)
    }

    /// The bright pixels of the slab's middle slice in the brain window: what the mask marks.
    private static func bright(_ input: Tensor) -> [Bool] {
        let pixels = BuiltExam.size * BuiltExam.size
        return input.values[2 * pixels..<3 * pixels].map { $0 > 0.7 }
    }

    private static func overlap(_ input: Tensor, _ mask: Tensor?) throws -> Double {
        let marked = try #require(mask).values.map { $0 > 0.5 }
        let lit = bright(input)
        let both = zip(lit, marked).count { $0 && $1 }
        return 2 * Double(both) / Double(lit.count { $0 } + marked.count { $0 })
    }

    @Test func `without augmentation the slab is the volume's`() throws {
        let set = try SmallNetwork.set()
        let place = try #require(set.positives.first)
        let example = try Self.example(.none, seed: 1)
        #expect(example.input == set.exams[place.exam].volume.slab(at: place.z))
        #expect(example.mask == set.exams[place.exam].volume.maskTarget(at: place.z))
        #expect(try Self.overlap(example.input, example.mask) > 0.95)
    }

    @Test func `mask and image move together`() throws {
        var augmentation = Self.still
        (augmentation.flip, augmentation.rotationDegrees) = (true, 25)
        (augmentation.scaleFraction, augmentation.shiftMM) = (0.15, 16)
        let plain = try Self.example(.none, seed: 0)
        var moved = 0
        for seed in 0..<20 {
            let example = try Self.example(augmentation, seed: UInt64(seed))
            #expect(try Self.overlap(example.input, example.mask) > 0.8, "seed \(seed)")
            if try Self.overlap(example.input, plain.mask) < 0.5 { moved += 1 }
        }
        #expect(moved >= 5, "the lesion must really move")
    }

    @Test func `a flip is exact and happens half of the time`() throws {
        var augmentation = Self.still
        augmentation.flip = true
        let plain = try Self.example(.none, seed: 0)
        let size = BuiltExam.size
        let mirrored = (0..<size * size).map { pixel in
            plain.mask?.values[pixel / size * size + size - 1 - pixel % size]
        }
        var flips = 0
        for seed in 0..<100 {
            let mask = try #require(try Self.example(augmentation, seed: UInt64(seed)).mask)
            let isPlain = mask == plain.mask
            #expect(isPlain || mask.values.map(Optional.some) == mirrored)
            if !isPlain { flips += 1 }
        }
        #expect((30...70).contains(flips))
    }

    @Test func `offset and noise change values and not the mask`() throws {
        var augmentation = Self.still
        (augmentation.offsetHU, augmentation.noiseHU) = (5, 3)
        let plain = try Self.example(.none, seed: 3)
        let example = try Self.example(augmentation, seed: 3)
        #expect(example.mask == plain.mask)
        #expect(example.input != plain.input)
        #expect(example.input.values.allSatisfy { (0...1).contains($0) })
    }

    @Test func `the same seed draws the same variation`() throws {
        var augmentation = Self.still
        (augmentation.rotationDegrees, augmentation.noiseHU) = (10, 3)
        let first = try Self.example(augmentation, seed: 9)
        #expect(try Self.example(augmentation, seed: 9).input == first.input)
        #expect(try Self.example(augmentation, seed: 10).input != first.input)
    }
}
