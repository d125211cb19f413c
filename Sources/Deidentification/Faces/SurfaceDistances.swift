/// Measures how far what is left lies from the old surface of the parts of a face.
struct SurfaceDistances {
    let head: HeadSegmentation
    let landmarks: FaceLandmarks
    let cut: [Bool]

    /// The least distance of each part whose surface is in the scan, in mm.
    func distances() -> [FaceRemovalReport.Part: Double] {
        guard let orbits = landmarks.orbits else { return [:] }
        let left = head.body.indices.map { head.body[$0] && !cut[$0] }
        let map = DistanceMap(head.grid, from: left)
        let walls = EarWalls(head, landmarks: landmarks)
        var points: [FaceRemovalReport.Part: [(reach: Double, distance: Double)]] = [:]
        FaceLandmarks.forEachCell(of: surface(), head.grid) { place, index in
            let point = landmarks.head(place)
            let distance = Double(map.thirds[index]) * map.scale
            for part in FaceRemovalReport.Part.allCases {
                let wall = part == .ears ? walls.wall(point, height: place.z) : nil
                guard let reach = reach(of: part, point, place.z, orbits, wall: wall) else {
                    continue
                }
                points[part, default: []].append((reach, distance))
            }
        }
        return points.compactMapValues(Self.least)
    }

    /// The least distance over the most protruding fifth of a part.
    private static func least(_ points: [(reach: Double, distance: Double)]) -> Double? {
        guard points.count >= 10 else { return nil }
        let sorted = points.sorted { $0.reach > $1.reach }
        return sorted.prefix(max(5, points.count / 5)).map(\.distance).min()
    }

    /// Cells of the head beside the air around it.
    private func surface() -> [Bool] {
        let (grid, strides) = (head.grid, head.grid.strides)
        let steps = [strides.x, strides.y, strides.z, -strides.x, -strides.y, -strides.z]
        return head.body.indices.map { index in
            guard head.body[index] else { return false }
            return steps.contains { step in
                let other = index + step
                return grid.values.indices.contains(other) && head.outside[other]
            }
        }
    }

    /// How far a surface point protrudes if it belongs to a part; nil if it does not.
    private func reach(
        of part: FaceRemovalReport.Part,
        _ point: SIMD2<Double>,
        _ height: Double,
        _ orbits: FaceLandmarks.Orbits,
        wall: Double?
    ) -> Double? {
        let size = landmarks.size
        let drop = (FaceRegion.orbitHeight(orbits, size: size) - height) / size
        let (lateral, depth) = (abs(point.x) / size, (point.y - orbits.rimDepth) / size)
        let isFront = depth < 12
        switch part {
        case .nose: return isFront && lateral < 12 && (12...42).contains(drop) ? -depth : nil
        case .lips: return isFront && lateral < 18 && (52...74).contains(drop) ? -depth : nil
        case .chin:
            return depth < 34 && lateral < 18 && (84...112).contains(drop) ? -depth : nil
        case .eyes:
            // The lids lie deeper than brow and cheek: their middle counts, not what protrudes.
            let isEye = (24...40).contains(lateral) && (-3...11).contains(drop)
            return isFront && isEye ? -abs(drop - 4) : nil
        case .ears:
            guard let wall, (-15...40).contains(drop), (60...125).contains(depth) else {
                return nil
            }
            let reach = abs(point.x) - wall
            return reach > 12 ? reach : nil
        }
    }
}
