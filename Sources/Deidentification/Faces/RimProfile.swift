/// The most frontal bone at every height, over each eye.
///
/// Coming down the forehead the bone ends at the rim of the orbit: the next bone lies a good
/// deal behind, at the walls of the orbit, and returns at its lower rim.
struct RimProfile {
    private let heights: [Double]
    /// The depth of the most frontal bone by height, right and left; infinite where there is none.
    private let sides: [[Double]]
    /// The most frontal depth that slices cover, by height, right and left.
    private let covered: [[Double]]
    private let size: Double
    private let start: Double

    init(_ head: HeadSegmentation, landmarks: FaceLandmarks) {
        let grid = head.grid
        let none = [Double](repeating: .infinity, count: grid.counts.z)
        var sides = [none, none]
        var covered = sides
        let size = landmarks.size
        let isCovered = grid.values.map { $0 != HeadGrid.uncovered }
        FaceLandmarks.forEachCell(of: isCovered, grid) { place, index in
            let point = landmarks.head(place)
            guard (22 * size...38 * size).contains(abs(point.x)) else { return }
            let z = index / grid.strides.z
            let side = point.x < 0 ? 0 : 1
            covered[side][z] = min(covered[side][z], point.y)
            if head.bone[index] { sides[side][z] = min(sides[side][z], point.y) }
        }
        heights = none.indices.map { grid.origin.z + Double($0) * grid.spacing }
        self.sides = sides
        self.covered = covered
        self.size = size
        self.start = landmarks.centre.z + 25 * size
    }

    /// The rims, from both eyes or from the one that shows it.
    func orbits() -> FaceLandmarks.Orbits? {
        let rims = sides.indices.compactMap { rim(of: sides[$0], covered: covered[$0]) }
        guard !rims.isEmpty else { return nil }
        // The lower rim of the two leaves no eye uncovered when the head is bent to a side.
        return FaceLandmarks.Orbits(
            rimHeight: rims.map(\.rimHeight).max() ?? 0,
            rimDepth: rims.reduce(0) { $0 + $1.rimDepth } / Double(rims.count)
        )
    }

    /// The lowest height before the bone falls back by 17 mm and stays back for 8 mm.
    ///
    /// Only where slices cover what is in front: the end of a scan is no orbit.
    private func rim(of profile: [Double], covered: [Double]) -> FaceLandmarks.Orbits? {
        let step = heights.count > 1 ? heights[1] - heights[0] : 1
        let stay = max(2, Int((8 * size / step).rounded()))
        let window = max(2, Int((14 * size / step).rounded()))
        for z in stride(from: heights.count - 1, through: stay, by: -1) where heights[z] < start {
            let above = profile[z..<min(heights.count, z + window)]
            guard let front = above.min(), front < 0 else { continue }
            guard profile[z] < front + 13 * size else { continue }
            let below = (z - stay)..<z
            if below.allSatisfy({ profile[$0] > front + 17 * size && covered[$0] < front - 4 }) {
                return FaceLandmarks.Orbits(rimHeight: heights[z], rimDepth: front)
            }
        }
        return nil
    }
}
