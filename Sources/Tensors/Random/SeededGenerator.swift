/// A reproducible random generator: xoshiro256** seeded through SplitMix64 (Blackman & Vigna 2018).
///
/// For simulation, initialisation and sampling; never for keys or privacy noise.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)
    private var spareGaussian: Double?

    /// A generator whose whole sequence follows from `seed`.
    package init(seed: UInt64) {
        var mixer = SplitMix64(state: seed)
        self.state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// An independent stream of the same seed, named by its labels ("site", "round-3", ...).
    ///
    /// Each label is hashed with 64-bit FNV-1a and folded into the seed through SplitMix64, so
    /// that `("ab", "c")` and `("a", "bc")` are different streams.
    package init(seed: UInt64, stream labels: String...) {
        self.init(seed: seed, streamLabels: labels)
    }

    /// An independent stream of the same seed, its labels given as an array.
    package init(seed: UInt64, streamLabels labels: [String]) {
        var folded = seed
        for label in labels {
            var mixer = SplitMix64(state: folded ^ SeededGenerator.hash(label))
            folded = mixer.next()
        }
        self.init(seed: folded)
    }

    /// What must be kept to go on later with the same numbers: five words of state and one flag.
    package var saved: [UInt64] {
        [
            state.0, state.1, state.2, state.3, spareGaussian.map { $0.bitPattern } ?? 0,
            spareGaussian == nil ? 0 : 1,
        ]
    }

    /// Goes on from a kept state; nil if it is none.
    package init?(saved: [UInt64]) {
        guard saved.count == 6, saved[5] <= 1, saved[..<4].contains(where: { $0 != 0 }) else {
            return nil
        }
        state = (saved[0], saved[1], saved[2], saved[3])
        spareGaussian = saved[5] == 1 ? Double(bitPattern: saved[4]) : nil
    }

    /// The next 64 random bits.
    package mutating func next() -> UInt64 {
        let result = SeededGenerator.rotate(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = SeededGenerator.rotate(state.3, by: 45)
        return result
    }

    /// A number in [0, 1) with 53 random bits.
    package mutating func nextUniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number of the standard normal distribution (Marsaglia's polar method).
    package mutating func nextGaussian() -> Double {
        if let spare = spareGaussian {
            spareGaussian = nil
            return spare
        }
        while true {
            let u = 2 * nextUniform() - 1
            let v = 2 * nextUniform() - 1
            let s = u * u + v * v
            guard s > 0, s < 1 else { continue }
            let factor = (-2 * Logarithm.natural(s) / s).squareRoot()
            spareGaussian = v * factor
            return u * factor
        }
    }

    /// An integer in `0 ..< bound`, without bias (Lemire's method); `bound` is at least 1.
    package mutating func nextIndex(below bound: Int) -> Int {
        precondition(bound > 0, "bound must be positive")
        let range = UInt64(bound)
        let threshold = (0 &- range) % range
        while true {
            let product = next().multipliedFullWidth(by: range)
            if product.low >= threshold { return Int(product.high) }
        }
    }

    /// The elements in random order (Fisher-Yates, from the last position down).
    package mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        shuffle(&result)
        return result
    }

    /// Brings the elements into random order in place (Fisher-Yates, from the last position down).
    package mutating func shuffle<Element>(_ elements: inout [Element]) {
        var last = elements.count - 1
        while last > 0 {
            elements.swapAt(last, nextIndex(below: last + 1))
            last -= 1
        }
    }

    private static func rotate(_ value: UInt64, by bits: UInt64) -> UInt64 {
        (value << bits) | (value >> (64 - bits))
    }

    private static func hash(_ label: String) -> UInt64 {
        label.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }
}
