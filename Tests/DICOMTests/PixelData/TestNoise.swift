/// A small repeatable source of numbers for images and mutations.
struct TestNoise: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 2 &+ 1 }

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let mixed = (state ^ state >> 33) &* 0xFF51_AFD7_ED55_8CCD
        return mixed ^ mixed >> 33
    }

    /// A smooth image with noise and jumps, `bits` bits a sample.
    mutating func image(count: Int, bits: Int) -> [Int] {
        var value = 0
        return (0..<count).map { _ in
            switch Int.random(in: 0..<40, using: &self) {
            case 0: value = Int.random(in: 0..<1 << bits, using: &self)
            case 1...20: value += Int.random(in: -3...3, using: &self)
            default: value += Int.random(in: -40...40, using: &self)
            }
            return value & (1 << bits - 1)
        }
    }
}
