/// Collects the maps and layers of one network in the order in which they run.
final class GraphBuilder {
    let context: EngineContext
    private(set) var maps: [FeatureMap] = []
    private(set) var layers: [any Layer] = []

    init(_ context: EngineContext) {
        self.context = context
    }

    /// Declares a map.
    func map(
        channels: Int,
        depth: Int = 1,
        height: Int,
        width: Int,
        form: FeatureMap.Form = .blocked
    ) -> FeatureMap.ID {
        maps.append(
            FeatureMap(
                channels: channels,
                depth: depth,
                height: height,
                width: width,
                form: form
            )
        )
        return maps.count - 1
    }

    /// Declares maps that lie side by side, and the map of all their channels.
    ///
    /// This is the concatenation of a skip connection: whoever writes a part has written into the
    /// whole, and the gradient of the whole is the gradients of the parts. Nothing is copied.
    func joint(
        channels: [Int],
        height: Int,
        width: Int,
        form: FeatureMap.Form = .blocked
    ) -> (whole: FeatureMap.ID, parts: [FeatureMap.ID]) {
        precondition(
            form != .blocked || channels.allSatisfy { $0 % context.block == 0 },
            "parts of a joint map must be whole blocks"
        )
        let whole = map(
            channels: channels.reduce(0, +),
            height: height,
            width: width,
            form: form
        )
        var firstElement = 0
        var parts: [FeatureMap.ID] = []
        for count in channels {
            let part = map(channels: count, height: height, width: width, form: form)
            maps[part].joint = (whole, firstElement)
            parts.append(part)
            firstElement += count * height * width
        }
        return (whole, parts)
    }

    /// Appends a layer.
    func add(_ layer: any Layer) {
        layers.append(layer)
    }

    /// The map that an id stands for.
    subscript(map: FeatureMap.ID) -> FeatureMap { maps[map] }

    /// The elements a map occupies, with the padding of channels to whole blocks.
    func storedElements(of id: FeatureMap.ID) -> Int {
        let map = maps[id]
        let block = map.form == .blocked ? context.block : 1
        return map.depth * ((map.channels + block - 1) / block * block) * map.pixels
    }
}
