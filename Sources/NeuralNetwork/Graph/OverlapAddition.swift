internal import CKernels

/// Sums the gradients of overlapping runs of slices, as a depth-collapsing convolution makes them.
@safe
struct OverlapAddition {
    /// Where each run writes: the scratch area, or the gradient itself if nothing overlaps.
    let target: UnsafeMutableRawPointer

    private let gradient: UnsafeMutableRawPointer
    private let accumulates: Bool
    private let step: Int
    private let sliceBytes: Int
    private let totalBytes: Int
    private let count: Int
    private let context: EngineContext

    /// Sums `count` runs of `sliceBytes`, each `step` bytes after the one before.
    init(
        _ memory: GraphMemory,
        layer: any Layer,
        input: FeatureMap.ID,
        gradient: UnsafeMutableRawPointer,
        step: Int,
        sliceBytes: Int,
        count: Int
    ) {
        accumulates = memory.accumulates(layer, input)
        unsafe target = accumulates || count > 1 ? memory.scratch : gradient
        unsafe self.gradient = gradient
        self.step = step
        self.sliceBytes = sliceBytes
        self.count = count
        totalBytes = memory[input].depth * step
        context = memory.context
    }

    /// Runs each, and adds what it wrote to its place.
    func run(_ body: (Int) -> Void) {
        guard unsafe target != gradient else { return body(0) }
        if !accumulates {
            unsafe gradient.initializeMemory(as: UInt8.self, repeating: 0, count: totalBytes)
        }
        for index in 0..<count {
            body(index)
            unsafe context.maps.pointee.add(
                Int64(sliceBytes / context.elementBytes),
                target,
                gradient + index * step
            )
        }
    }
}
