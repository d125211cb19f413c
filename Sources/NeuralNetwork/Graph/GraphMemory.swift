/// The memory of one worker's graph: feature maps, their gradients and a scratch area.
@safe
final class GraphMemory {
    let context: EngineContext
    private let maps: [FeatureMap]
    private let plan: MemoryPlan
    private let arena: AlignedMemory
    private var scratchMemory: AlignedMemory
    private var accumulating: Set<Contribution> = []

    private struct Contribution: Hashable {
        var layer: ObjectIdentifier
        var map: FeatureMap.ID
    }

    init(_ graph: GraphBuilder, _ plan: MemoryPlan) {
        context = graph.context
        maps = graph.maps
        self.plan = plan
        arena = AlignedMemory(byteCount: plan.byteCount)
        let largest = graph.maps.indices.map { graph.storedElements(of: $0) }.max() ?? 0
        scratchMemory = AlignedMemory(byteCount: 4 * largest)
        findAccumulations(graph)
    }

    /// The size of all of it in bytes.
    var byteCount: Int { arena.byteCount + scratchMemory.byteCount }

    /// The map an id stands for.
    subscript(map: FeatureMap.ID) -> FeatureMap { maps[map] }

    /// The values of a map.
    func values(_ map: FeatureMap.ID) -> UnsafeMutableRawPointer {
        guard let pointer = unsafe address(map, isGradient: false) else {
            preconditionFailure("a map that no layer uses has no memory")
        }
        return unsafe pointer
    }

    /// The gradient of a map; nil for an input whose gradient nobody wants.
    func gradient(_ map: FeatureMap.ID) -> UnsafeMutableRawPointer? {
        guard plan.differentiable.contains(map) else { return nil }
        return unsafe address(map, isGradient: true)
    }

    /// Values of a Float32 map.
    func floats(_ map: FeatureMap.ID) -> UnsafeMutablePointer<Float> {
        precondition(maps[map].form == .float, "the map is not Float32")
        return unsafe values(map).assumingMemoryBound(to: Float.self)
    }

    /// Gradient of a Float32 map.
    func floatGradient(_ map: FeatureMap.ID) -> UnsafeMutablePointer<Float> {
        guard maps[map].form == .float, let pointer = unsafe gradient(map) else {
            preconditionFailure("the map is not Float32 or has no gradient")
        }
        return unsafe pointer.assumingMemoryBound(to: Float.self)
    }

    /// Whether a layer must add to the gradient of one of its inputs, as another wrote it before.
    func accumulates(_ layer: any Layer, _ map: FeatureMap.ID) -> Bool {
        accumulating.contains(Contribution(layer: ObjectIdentifier(layer), map: map))
    }

    /// An area as large as the largest map, free for use within one call.
    var scratch: UnsafeMutableRawPointer { unsafe scratchMemory.base }

    private func address(
        _ map: FeatureMap.ID,
        isGradient: Bool
    ) -> UnsafeMutableRawPointer? {
        let joint = maps[map].joint
        let key = MemoryPlan.Key(map: joint?.map ?? map, isGradient: isGradient)
        guard let offset = plan.offsets[key] else { return nil }
        let size = maps[map].form == .float ? 4 : context.elementBytes
        return unsafe arena.base + offset + (joint?.firstElement ?? 0) * size
    }

    /// Follows the backward pass: the first layer to contribute writes, those after it add.
    private func findAccumulations(_ graph: GraphBuilder) {
        var written: Set<FeatureMap.ID> = []
        for layer in graph.layers.reversed() {
            for map in layer.inputs {
                let isWritten =
                    written.contains(map)
                    || maps[map].joint.map { written.contains($0.map) }
                        ?? false
                if isWritten {
                    accumulating.insert(
                        Contribution(layer: ObjectIdentifier(layer), map: map)
                    )
                }
                written.insert(map)
            }
        }
    }
}
