/// How far every cell of a grid is from a set of cells (Borgefors 1986, chamfer 3-4-5).
///
/// At most 8 % off the Euclidean distance; margins that must hold are taken wider by that.
struct DistanceMap: Sendable {
    /// Distances in thirds of a cell.
    let thirds: [UInt16]
    /// mm for each third of a cell.
    let scale: Double

    /// Measures from the cells for which `isSource` holds.
    init(_ grid: HeadGrid, from isSource: [Bool]) {
        let far = UInt16.max - 8
        var map = isSource.map { $0 ? UInt16(0) : far }
        Self.sweep(&map, grid.counts, forward: true)
        Self.sweep(&map, grid.counts, forward: false)
        thirds = map
        scale = grid.spacing / 3
    }

    /// Whether a cell is at most so many mm from the set.
    @inline(__always)
    func isWithin(_ millimetres: Double, _ index: Int) -> Bool {
        Double(thirds[index]) * scale <= millimetres
    }

    /// The cells at most so many mm from the set.
    func cells(within millimetres: Double) -> [Bool] {
        let limit = UInt16(max(0, min(60_000, millimetres / scale)))
        return thirds.map { $0 <= limit }
    }

    private static func sweep(_ map: inout [UInt16], _ counts: SIMD3<Int>, forward: Bool) {
        let sign = forward ? 1 : -1
        var steps: [(x: Int, y: Int, z: Int, cost: UInt16)] = []
        for z in -1...0 {
            for y in -1...1 {
                for x in -1...1 where z < 0 || y < 0 || (y == 0 && x < 0) {
                    let cost = UInt16(2 + abs(x) + abs(y) + abs(z))
                    steps.append((x * sign, y * sign, z * sign, cost))
                }
            }
        }
        let offsets = steps.map { ($0.z * counts.y + $0.y) * counts.x + $0.x }
        let costs = steps.map(\.cost)
        for layer in 0..<counts.z {
            let z = forward ? layer : counts.z - 1 - layer
            for line in 0..<counts.y {
                let y = forward ? line : counts.y - 1 - line
                let isInner = z > 0 && z < counts.z - 1 && y > 0 && y < counts.y - 1
                let base = (z * counts.y + y) * counts.x
                for column in 0..<counts.x {
                    let x = forward ? column : counts.x - 1 - column
                    var best = map[base + x]
                    if best == 0 { continue }
                    let isWhole = isInner && x > 0 && x < counts.x - 1
                    for number in offsets.indices {
                        if !isWhole {
                            let step = steps[number]
                            guard x + step.x >= 0, x + step.x < counts.x, y + step.y >= 0,
                                y + step.y < counts.y, z + step.z >= 0, z + step.z < counts.z
                            else { continue }
                        }
                        best = min(best, map[base + x + offsets[number]] &+ costs[number])
                    }
                    map[base + x] = best
                }
            }
        }
    }
}
