/// Where each map and each gradient of a graph lies in one block of memory.
///
/// Time runs over the forward passes of the layers 0 ..< N, the loss at N, and the backward passes
/// N + 1 ... 2N. Things that are never needed at the same time share addresses.
struct MemoryPlan {
    /// Values or gradients of a map.
    struct Key: Hashable {
        var map: FeatureMap.ID
        var isGradient: Bool
    }

    /// The offset of each value and gradient of maps that are not parts, in bytes.
    private(set) var offsets: [Key: Int] = [:]

    /// The size of the block.
    private(set) var byteCount = 0

    /// The maps whose gradient exists.
    let differentiable: Set<FeatureMap.ID>

    private struct Span {
        var key: Key
        var bytes: Int
        var first: Int
        var last: Int
    }

    /// Plans for layers over maps; `kept` are read or written at the time of the loss, and
    /// gradients of `inputs` exist only if wanted.
    init(
        _ graph: GraphBuilder,
        inputs: Set<FeatureMap.ID>,
        kept: Set<FeatureMap.ID>,
        wantsInputGradients: Bool
    ) {
        differentiable = Set(graph.maps.indices).subtracting(wantsInputGradients ? [] : inputs)
        var spans: [Key: (first: Int, last: Int)] = [:]
        let loss = graph.layers.count
        func use(_ map: FeatureMap.ID, gradient: Bool, at time: Int) {
            let root = graph[map].joint?.map ?? map
            let key = Key(map: root, isGradient: gradient)
            let span = spans[key] ?? (time, time)
            spans[key] = (min(span.first, time), max(span.last, time))
        }
        for map in inputs {
            use(map, gradient: false, at: -1)
            if wantsInputGradients { use(map, gradient: true, at: 2 * loss + 1) }
        }
        for map in kept {
            use(map, gradient: false, at: loss)
            use(map, gradient: true, at: loss)
        }
        for (index, layer) in graph.layers.enumerated() {
            let backward = 2 * loss - index
            for map in layer.inputs + layer.outputs {
                use(map, gradient: false, at: index)
                if differentiable.contains(map) { use(map, gradient: true, at: backward) }
            }
            for map in layer.retained { use(map, gradient: false, at: backward) }
        }
        place(spans, graph)
    }

    private mutating func place(
        _ spans: [Key: (first: Int, last: Int)],
        _ graph: GraphBuilder
    ) {
        let ordered = spans.map { key, span in
            let size = graph[key.map].form == .float ? 4 : graph.context.elementBytes
            return Span(
                key: key,
                bytes: (graph.storedElements(of: key.map) * size + 127) / 64 * 64,
                first: span.first,
                last: span.last
            )
        }.sorted {
            ($1.bytes, $0.key.map, $0.key.isGradient ? 1 : 0)
                < ($0.bytes, $1.key.map, $1.key.isGradient ? 1 : 0)
        }
        var placed: [(span: Span, offset: Int)] = []
        for span in ordered {
            let neighbours = placed.filter {
                $0.span.first <= span.last && span.first <= $0.span.last
            }.sorted { $0.offset < $1.offset }
            var offset = 0
            for neighbour in neighbours {
                if offset + span.bytes <= neighbour.offset { break }
                offset = max(offset, neighbour.offset + neighbour.span.bytes)
            }
            placed.append((span, offset))
            offsets[span.key] = offset
            byteCount = max(byteCount, offset + span.bytes)
        }
    }
}
