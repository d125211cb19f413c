/// What is cut off a head: the face in front of the orbits' middle, and the ears.
///
/// Removed, not blurred, bone of the face included: blurred faces have been restored (Schwarz
/// 2021), and a bare facial skeleton still carries a face.
struct FaceRegion: Sendable {
    let head: HeadSegmentation
    let landmarks: FaceLandmarks
    let edge: CutEdge

    /// What stays as it is around the contents of the skull, in mm.
    static let margin = 10.0

    /// The margin with the chamfer's error and half a cell on top, more where slices are thick.
    private var safeMargin: Double {
        Self.margin * 1.045 + (head.grid.spacing > 2 ? 2.4 : 1)
    }

    /// The cells to fill with air.
    func cells() -> [Bool] {
        let near = DistanceMap(head.grid, from: head.body)
        let safeMargin = safeMargin
        var cut = [Bool](repeating: false, count: near.thirds.count)
        let walls = landmarks.orbits.map { _ in EarWalls(head, landmarks: landmarks) }
        FaceLandmarks.forEachCell(of: near.cells(within: 9), head.grid) { place, index in
            guard !head.cavityDistance.isWithin(safeMargin, index) else { return }
            let point = landmarks.head(place)
            if isFace(point, height: place.z) {
                cut[index] = true
            } else if let walls, isEar(point, height: place.z, walls: walls, index: index) {
                cut[index] = true
            }
        }
        return cut
    }

    /// The height of the middle of the orbits, in mm.
    static func orbitHeight(_ orbits: FaceLandmarks.Orbits, size: Double) -> Double {
        orbits.rimHeight - 15 * size
    }

    private func isFace(_ point: SIMD2<Double>, height: Double) -> Bool {
        guard let orbits = landmarks.orbits else { return false }
        let size = landmarks.size
        let brow = orbits.rimHeight + 9 * size + edge.depth(point.x, 300, range: 4)
        guard height < brow else { return false }
        // The jaw may be drawn back or the chin lie on the chest: the cut leans backwards.
        let drop = max(0, Self.orbitHeight(orbits, size: size) - height)
        let middle = orbits.rimDepth + 22.5 * size + min(26, drop * 0.27)
        return point.y < middle + edge.depth(point.x, height, range: 5)
    }

    private func isEar(
        _ point: SIMD2<Double>,
        height: Double,
        walls: EarWalls,
        index: Int
    ) -> Bool {
        guard let orbits = landmarks.orbits else { return false }
        let size = landmarks.size
        let middle = Self.orbitHeight(orbits, size: size)
        guard (middle - 62 * size...middle + 28 * size).contains(height),
            (orbits.rimDepth + 45 * size...orbits.rimDepth + 150 * size).contains(point.y)
        else { return false }
        guard let wall = walls.wall(point, height: height) else { return false }
        return abs(point.x) > wall + 3 - edge.depth(point.y, height, range: 2)
    }
}
