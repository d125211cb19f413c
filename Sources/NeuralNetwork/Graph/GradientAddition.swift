internal import CKernels

/// Where a layer that can only write shall write the gradient of its input, and the addition that
/// follows if another layer has written there before.
@safe
struct GradientAddition {
    /// The gradient itself, or the scratch area.
    let target: UnsafeMutableRawPointer

    private let gradient: UnsafeMutableRawPointer
    private let elements: Int
    private let maps: UnsafePointer<ck_map_kernels>

    init(
        _ memory: GraphMemory,
        layer: any Layer,
        input: FeatureMap.ID,
        gradient: UnsafeMutableRawPointer
    ) {
        let accumulates = memory.accumulates(layer, input)
        unsafe target = accumulates ? memory.scratch : gradient
        unsafe self.gradient = gradient
        let map = memory[input]
        let block = memory.context.block
        elements = map.depth * ((map.channels + block - 1) / block * block) * map.pixels
        unsafe maps = memory.context.maps
    }

    /// Adds the scratch area to the gradient, if that is where the layer wrote.
    func finish() {
        guard unsafe target != gradient else { return }
        unsafe maps.pointee.add(Int64(elements), target, gradient)
    }
}
