package import Tensors

/// Which network, and its sizes: the `model:` section of a plan.
///
/// A closed list. In YAML or JSON: `architecture` (`hybrid`, `m1` or `m2`) and the keys of the type
/// below it; keys left out take their defaults, unknown keys are refused.
package enum ModelDescription: Sendable, Hashable {
    /// The default: 3D convolutions collapse a slab, a 2D encoder-decoder gives a mask and labels.
    case hybrid(HybridModel)

    /// A residual classifier of single slices (three windows as channels).
    case m1(SliceClassifierModel)

    /// A slab U-Net with one channel in, a mask and one label out.
    case m2(SlabUNetModel)

    /// The default hybrid model.
    package static let standard = ModelDescription.hybrid(HybridModel())

    /// The number of labels: six (any, then the five types), or one (any) for `m2`.
    package var labelCount: Int {
        switch self {
        case .hybrid, .m1: 6
        case .m2: 1
        }
    }

    /// Whether the model outlines haemorrhage.
    package var hasMask: Bool {
        switch self {
        case .hybrid, .m2: true
        case .m1: false
        }
    }

    /// Channels and depth of the input slab.
    package var inputShape: (channels: Int, depth: Int) {
        switch self {
        case .hybrid(let model): (model.windows, model.slabDepth)
        case .m1(let model): (model.windows, 1)
        case .m2(let model): (1, model.slabDepth)
        }
    }

    /// Height and width of the input must be multiples of this.
    package var sizeMultiple: Int {
        switch self {
        case .hybrid(let model): model.stemStride << (model.channels.count - 1)
        case .m1(let model): 1 << model.channels.count
        case .m2(let model): 1 << (model.channels.count - 1)
        }
    }

    /// Checks every size.
    ///
    /// - Throws: `invalidDescription`, listing every problem.
    package func validate() throws(NeuralNetworkError) {
        let problems = problems
        guard problems.isEmpty else {
            throw NeuralNetworkError(.invalidDescription, problems.joined(separator: "; "))
        }
    }

    /// The parameters by ascending name.
    ///
    /// - Throws: `invalidDescription`.
    package var parameterShapes: [ParameterShape] {
        get throws(NeuralNetworkError) {
            try validate()
            return architecture.parameterShapes.sorted {
                $0.name.utf8.lexicographicallyPrecedes($1.name.utf8)
            }
        }
    }

    /// The initial parameters: each tensor from its own stream of the seed.
    ///
    /// - Throws: `invalidDescription`.
    package func initialParameters(seed: UInt64) throws(NeuralNetworkError) -> NamedTensors {
        var result = NamedTensors()
        for parameter in try parameterShapes {
            result[parameter.name] = parameter.initialTensor(seed: seed)
        }
        return result
    }

    /// The channel counts of all maps, which decide the block size.
    var channelCounts: [Int] {
        switch self {
        case .hybrid(let model): [model.stemChannels] + model.channels
        case .m1(let model): model.channels
        case .m2(let model): [model.stemChannels] + model.channels
        }
    }

    var architecture: any Architecture {
        switch self {
        case .hybrid(let model): model
        case .m1(let model): model
        case .m2(let model): model
        }
    }

    private var problems: [String] {
        let (levels, groups) =
            switch self {
            case .hybrid(let model): (model.channels.count, model.groups)
            case .m1(let model): (model.channels.count, model.groups)
            case .m2(let model): (model.channels.count, model.groups)
            }
        var problems = ModelLimits.problems(
            levelCount: levels,
            channels: channelCounts,
            groups: groups
        )
        let (windows, depth) = inputShape
        if !(1...16).contains(windows) { problems.append("windows must be 1 to 16") }
        if case .m1 = self { return problems }
        if !(3...15).contains(depth) || depth % 2 == 0 {
            problems.append("slabDepth must be odd, 3 to 15")
        }
        if case .hybrid(let model) = self, ![1, 2, 4].contains(model.stemStride) {
            problems.append("stemStride must be 1, 2 or 4")
        }
        if case .m2(let model) = self, model.slabDepth != 5 {
            problems.append("slabDepth of m2 must be 5")
        }
        return problems
    }
}
