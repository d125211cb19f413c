import Foundation

/// Where the face is, from the shape of the skull.
///
/// Coordinates of the head: `lateral` to the left of the brain's middle, `depth` to the back of
/// it, both in mm and turned with the head about the vertical axis; heights are the grid's.
struct FaceLandmarks: Sendable {
    /// The middle of the skull's contents in mm.
    let centre: SIMD3<Double>
    /// The size against an adult's, from the greatest breadth of the skull's contents (134 mm).
    let size: Double
    /// The cosine and sine of the head's turn about the vertical axis.
    let turn: SIMD2<Double>
    /// The orbits; nil if the scan ends above them.
    private(set) var orbits: Orbits?

    /// The upper rims of the orbits.
    struct Orbits: Hashable, Sendable {
        /// The height of the rims.
        let rimHeight: Double
        /// The depth of the rims: the most frontal bone over the eyes.
        let rimDepth: Double
    }

    /// The head's coordinates (lateral, depth) of a place.
    @inline(__always)
    func head(_ place: SIMD3<Double>) -> SIMD2<Double> {
        let (x, y) = (place.x - centre.x, place.y - centre.y)
        return SIMD2(turn.x * x - turn.y * y, turn.y * x + turn.x * y)
    }

    /// Finds the landmarks.
    ///
    /// - Throws: `face-no-orbits` if the lower head is in the scan without orbits.
    init(_ head: HeadSegmentation) throws(FaceRemovalError) {
        let grid = head.grid
        var sum = SIMD3<Double>.zero
        var count = 0.0
        Self.forEachCell(of: head.cavity, grid) { place, _ in
            sum += place
            count += 1
        }
        let middle = sum / count
        var spread = SIMD3<Double>.zero
        Self.forEachCell(of: head.cavity, grid) { place, _ in
            let (x, y) = (place.x - middle.x, place.y - middle.y)
            spread += SIMD3(x * x, y * y, x * y)
        }
        let angle = atan2(2 * spread.z, spread.y - spread.x) / 2
        let bounded = abs(angle) < 0.6 ? angle : 0
        centre = middle
        let turn = SIMD2(cos(bounded), sin(bounded))
        self.turn = turn
        var low = [Double](repeating: .infinity, count: grid.counts.z)
        var high = low.map { -$0 }
        Self.forEachCell(of: head.cavity, grid) { place, index in
            let lateral = turn.x * (place.x - middle.x) - turn.y * (place.y - middle.y)
            let z = index / grid.strides.z
            low[z] = min(low[z], lateral)
            high[z] = max(high[z], lateral)
        }
        let breadth = zip(low, high).map { $1 - $0 }.max() ?? 134
        size = min(1.08, max(0.6, breadth / 134))
        orbits = nil
        let filling = BrainFilling(head)
        let found = RimProfile(head, landmarks: self).orbits()
        if let found, filling.above(found.rimHeight, within: 15) >= BrainFilling.least {
            orbits = found
            return
        }
        guard found == nil, filling.ofLowerHalf >= BrainFilling.least else {
            throw FaceRemovalError(
                .noOrbits,
                "part of a face is in the scan but no orbit below the forehead"
            )
        }
        let lowest = Self.lowestHeight(of: head.bone, grid)
        let top = Self.highestHeight(of: head.cavity, grid)
        guard top - lowest < 112 * size else {
            throw FaceRemovalError(
                .noOrbits,
                "\(Int(top - lowest)) mm of the head are in the scan but no orbit was recognized"
            )
        }
    }

    static func forEachCell(
        of cells: [Bool],
        _ grid: HeadGrid,
        _ body: (SIMD3<Double>, Int) -> Void
    ) {
        var index = 0
        for z in 0..<grid.counts.z {
            for y in 0..<grid.counts.y {
                for x in 0..<grid.counts.x {
                    if cells[index] { body(grid.place(x, y, z), index) }
                    index += 1
                }
            }
        }
    }

    private static func lowestHeight(of cells: [Bool], _ grid: HeadGrid) -> Double {
        let first = cells.firstIndex(of: true) ?? 0
        return grid.origin.z + Double(first / grid.strides.z) * grid.spacing
    }

    private static func highestHeight(of cells: [Bool], _ grid: HeadGrid) -> Double {
        let last = cells.lastIndex(of: true) ?? 0
        return grid.origin.z + Double(last / grid.strides.z) * grid.spacing
    }
}
