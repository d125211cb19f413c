/// How far to each side bone reaches, by height and depth: ears are what lies beyond.
struct EarWalls: Sendable {
    private static let bin = 4.0
    private static let bins = 80
    /// Bone nearer to the middle is spine or palate, which no ear stands on.
    private static let least = 45.0
    private let originZ: Double
    private let layers: Int
    /// The farthest bone by side, height and depth, in mm from the middle; 0 where there is none.
    private var walls: [Double]

    init(_ head: HeadSegmentation, landmarks: FaceLandmarks) {
        let grid = head.grid
        originZ = grid.origin.z
        layers = Int(Double(grid.counts.z) * grid.spacing / Self.bin) + 1
        walls = [Double](repeating: 0, count: 2 * layers * Self.bins)
        var found = walls
        // A head holder or an earring may be as dense as bone, but not as near to the brain.
        FaceLandmarks.forEachCell(of: head.bone, grid) { place, index in
            guard head.cavityDistance.isWithin(28, index) else { return }
            let point = landmarks.head(place)
            guard let slot = slot(point, height: place.z), abs(point.x) < 95,
                abs(point.x) > Self.least
            else { return }
            found[slot] = max(found[slot], abs(point.x))
        }
        walls = smoothed(found)
    }

    /// The wall beside a point, if there is bone at its height and depth.
    func wall(_ point: SIMD2<Double>, height: Double) -> Double? {
        guard let slot = slot(point, height: height), walls[slot] > 0 else { return nil }
        return walls[slot]
    }

    private func slot(_ point: SIMD2<Double>, height: Double) -> Int? {
        let layer = Int((height - originZ) / Self.bin)
        let column = Int((point.y + 160) / Self.bin)
        guard layer >= 0, layer < layers, column >= 0, column < Self.bins else { return nil }
        return ((point.x < 0 ? 0 : 1) * layers + layer) * Self.bins + column
    }

    /// The median of each bin and its neighbours that have bone, which drops single spikes.
    private func smoothed(_ found: [Double]) -> [Double] {
        var result = found
        for side in 0..<2 {
            for layer in 0..<layers {
                for column in 0..<Self.bins {
                    var around: [Double] = []
                    for z in max(0, layer - 1)...min(layers - 1, layer + 1) {
                        for y in max(0, column - 1)...min(Self.bins - 1, column + 1) {
                            let value = found[(side * layers + z) * Self.bins + y]
                            if value > 0 { around.append(value) }
                        }
                    }
                    around.sort()
                    let place = (side * layers + layer) * Self.bins + column
                    result[place] = around.isEmpty ? 0 : around[around.count / 2]
                }
            }
        }
        return filledDownwards(result)
    }

    /// Bins below the skull take the wall from above: lobes hang lower than bone reaches.
    private func filledDownwards(_ walls: [Double]) -> [Double] {
        var result = walls
        for side in 0..<2 {
            for layer in stride(from: layers - 2, through: 0, by: -1) {
                for column in 0..<Self.bins {
                    let place = (side * layers + layer) * Self.bins + column
                    if result[place] == 0 { result[place] = result[place + Self.bins] }
                }
            }
        }
        return result
    }
}
