internal import CKernels
internal import COneDNN

/// What every layer of one worker's network shares: engine, loops, block size and precision.
@safe
final class EngineContext {
    let oneDNN: OneDNN
    let precision: Precision

    /// Channels in a block: 16 with AVX-512 if every channel count allows it, else 8.
    let block: Int
    let maps: UnsafePointer<ck_map_kernels>
    let arrays: UnsafePointer<ck_array_kernels>

    /// The layout of every map but a plain input.
    var layout: MapLayout { block == 16 ? .blocked16 : .blocked8 }

    /// The size of one element of a feature map.
    var elementBytes: Int { precision == .float32 ? 4 : 2 }

    /// - Throws: `unsupportedPrecision` for bf16 on a CPU or with channel counts that oneDNN has
    ///   no bf16 loops for.
    init(
        precision: Precision,
        channelCounts: [Int],
        instructionSet: InstructionSet = .best,
        largestBlock: Int = 16
    ) throws(NeuralNetworkError) {
        oneDNN = try OneDNN()
        self.precision = precision
        let isa = dnnl_get_effective_cpu_isa().rawValue
        let hasAVX512 =
            isa & dnnl_cpu_isa_avx512_core.rawValue == dnnl_cpu_isa_avx512_core.rawValue
        let canUse16 = hasAVX512 && channelCounts.allSatisfy { $0 % 16 == 0 }
        block = canUse16 && largestBlock >= 16 ? 16 : 8
        guard precision == .float32 || block == 16 else {
            throw NeuralNetworkError(
                .unsupportedPrecision,
                "bf16 needs AVX-512 and channel counts that are multiples of 16"
            )
        }
        unsafe maps = ck_map_kernels_for(
            instructionSet.level,
            Int32(block),
            precision == .float32 ? 0 : 1
        )
        unsafe arrays = ck_array_kernels_for(instructionSet.level)
    }

    // MARK: Scratch

    private var gradientScratchFloats = 0

    /// Where a weight gradient is written before it is added to its sum; one for all layers.
    private(set) lazy var gradientScratch = AlignedMemory(floats: gradientScratchFloats)

    /// Asks for room in the scratch area, before anyone uses it.
    func reserveGradientScratch(floats: Int) {
        gradientScratchFloats = max(gradientScratchFloats, floats)
    }
}
