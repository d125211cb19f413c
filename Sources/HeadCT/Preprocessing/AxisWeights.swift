/// How each output sample of one axis is made of input samples: area averages when reducing, linear
/// interpolation else.
///
/// When outputs are farther apart than inputs, an output is the mean of the inputs under it, each
/// weighted by its overlap, so that nothing aliases and the mean is kept. Otherwise it lies between
/// its two neighbours. What falls outside the input has the weight `outside`, to be filled with the
/// background.
struct AxisWeights: Sendable {
    /// A regular row of samples along an axis, in mm.
    struct Samples: Sendable, Hashable {
        let origin: Double
        let spacing: Double
        let count: Int
    }

    /// The first input of each output.
    let firsts: [Int]
    /// Where the weights of each output begin; one more than outputs.
    let offsets: [Int]
    /// The weights of all outputs, one after the other.
    let weights: [Float]
    /// The weight of the background in each output.
    let outside: [Float]

    init(outputs: Samples, inputs: Samples) {
        var firsts: [Int] = []
        var offsets = [0]
        var weights: [Float] = []
        var outside: [Float] = []
        let isReducing = outputs.spacing > inputs.spacing * (1 + 1e-9)
        for index in 0..<outputs.count {
            // In units of inputs: input j is centred on j and covers j - 0.5 ... j + 0.5.
            let place =
                (outputs.origin + Double(index) * outputs.spacing - inputs.origin) / inputs.spacing
            let taps =
                isReducing
                ? Self.areaTaps(
                    place: place,
                    width: outputs.spacing / inputs.spacing,
                    count: inputs.count
                )
                : Self.linearTaps(place: place, count: inputs.count)
            firsts.append(taps.first)
            weights += taps.weights.map { Float($0) }
            offsets.append(weights.count)
            outside.append(Float(max(0, 1 - taps.weights.reduce(0, +))))
        }
        self.firsts = firsts
        self.offsets = offsets
        self.weights = weights
        self.outside = outside
    }

    private static func areaTaps(
        place: Double,
        width: Double,
        count: Int
    ) -> (first: Int, weights: [Double]) {
        let low = max(0, place - width / 2 + 0.5)
        let high = min(Double(count), place + width / 2 + 0.5)
        guard high - low > 1e-9 else { return (0, []) }
        let first = min(count - 1, Int(low))
        let last = min(count - 1, Int(high.rounded(.up)) - 1)
        let weights = (first...max(first, last)).map { input in
            max(0, min(high, Double(input) + 1) - max(low, Double(input))) / width
        }
        return (first, weights)
    }

    private static func linearTaps(place: Double, count: Int) -> (first: Int, weights: [Double]) {
        guard place >= -0.5, place <= Double(count) - 0.5 else { return (0, []) }
        let clamped = max(0, min(Double(count - 1), place))
        let first = Int(clamped)
        let fraction = clamped - Double(first)
        guard fraction > 0, first + 1 < count else { return (first, [1]) }
        return (first, [1 - fraction, fraction])
    }

    /// The number of outputs.
    var count: Int { firsts.count }

    /// The inputs any output needs.
    var inputRange: Range<Int> {
        var low = Int.max
        var high = 0
        for index in 0..<count where offsets[index + 1] > offsets[index] {
            low = min(low, firsts[index])
            high = max(high, firsts[index] + offsets[index + 1] - offsets[index])
        }
        return low < high ? low..<high : 0..<0
    }
}
