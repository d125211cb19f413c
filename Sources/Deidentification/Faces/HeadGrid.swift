/// A scan on a grid along the patient's axes: x to the left, y to the back, z to the top.
///
/// The order and direction of slices, feet or head first, mirrored rows and gantry tilt are all
/// gone here, since every cell is looked up by its place in the patient.
struct HeadGrid: Sendable {
    /// The value of cells that no slice covers.
    static let uncovered = Int16.min

    let counts: SIMD3<Int>
    /// The place of the first cell in mm.
    let origin: SIMD3<Double>
    /// The edge of a cell in mm.
    let spacing: Double
    /// The attenuation in HU, x fastest, then y, then z.
    private(set) var values: [Int16]

    /// Samples a stack; only the uppermost `height` mm, so that a neck or chest costs nothing.
    ///
    /// Slices farther apart than 16 mm leave uncovered cells between them.
    init?(_ stack: SliceStack, spacing: Double, height: Double = 280) {
        let slices = stack.ordered
        guard slices.count > 1, let box = Self.box(of: slices) else { return nil }
        var (low, high) = box
        low.z = max(low.z, high.z - height)
        let size = (high - low) / spacing
        guard size.max() < 1200, size.min() > 2 else { return nil }
        counts = SIMD3(Int(size.x) + 1, Int(size.y) + 1, Int(size.z) + 1)
        origin = low
        self.spacing = spacing
        values = [Int16](repeating: Self.uncovered, count: counts.x * counts.y * counts.z)
        sample(slices)
    }

    /// The index of a cell.
    @inline(__always)
    func index(_ x: Int, _ y: Int, _ z: Int) -> Int { (z * counts.y + y) * counts.x + x }

    /// The steps of the index along the three axes.
    var strides: SIMD3<Int> { SIMD3(1, counts.x, counts.x * counts.y) }

    /// The place of a cell in mm.
    @inline(__always)
    func place(_ x: Int, _ y: Int, _ z: Int) -> SIMD3<Double> {
        origin + SIMD3(Double(x), Double(y), Double(z)) * spacing
    }

    private static func box(
        of slices: [SliceStack.Reduced]
    ) -> (SIMD3<Double>, SIMD3<Double>)? {
        var low = SIMD3<Double>(repeating: .infinity)
        var high = -low
        for slice in slices {
            let (rows, columns) = (slice.placement.rows, slice.placement.columns)
            for row in [0, Double(rows - 1)] {
                for column in [0, Double(columns - 1)] {
                    let corner = slice.placement.point(row: row, column: column)
                    low = pointwiseMin(low, corner)
                    high = pointwiseMax(high, corner)
                }
            }
        }
        let isFinite = low.x.isFinite && low.y.isFinite && low.z.isFinite
        return isFinite && high.x.isFinite ? (low, high) : nil
    }

    private mutating func sample(_ slices: [SliceStack.Reduced]) {
        let normal = slices[0].placement.normal
        var below = 0
        for z in 0..<counts.z {
            for y in 0..<counts.y {
                for x in 0..<counts.x {
                    let point = place(x, y, z)
                    let location = SlicePlacement.dot(point, normal)
                    while below + 2 < slices.count, slices[below + 1].location < location {
                        below += 1
                    }
                    while below > 0, slices[below].location > location { below -= 1 }
                    let (low, high) = (slices[below], slices[below + 1])
                    let gap = high.location - low.location
                    let part = (location - low.location) / gap
                    guard gap <= 16, part > -0.5, part < 1.5 else { continue }
                    let first = Self.value(low, at: point)
                    let second = Self.value(high, at: point)
                    guard first != Self.uncovered, second != Self.uncovered else { continue }
                    let weight = Float(max(0, min(1, part)))
                    let mixed = Float(first) * (1 - weight) + Float(second) * weight
                    values[index(x, y, z)] = Int16(mixed)
                }
            }
        }
    }

    /// The value of a slice nearest to a point, bilinear.
    @inline(__always)
    private static func value(_ slice: SliceStack.Reduced, at point: SIMD3<Double>) -> Int16 {
        let placement = slice.placement
        let offset = point - placement.position
        let column = SlicePlacement.dot(offset, placement.rowDirection) / placement.columnSpacing
        let row = SlicePlacement.dot(offset, placement.columnDirection) / placement.rowSpacing
        guard column >= 0, row >= 0, column < Double(placement.columns - 1),
            row < Double(placement.rows - 1)
        else { return uncovered }
        let (left, top) = (Int(column), Int(row))
        let (u, v) = (Float(column - Double(left)), Float(row - Double(top)))
        let base = top * placement.columns + left
        let upper = Float(slice.values[base]) * (1 - u) + Float(slice.values[base + 1]) * u
        let next = base + placement.columns
        let lower = Float(slice.values[next]) * (1 - u) + Float(slice.values[next + 1]) * u
        return Int16(upper * (1 - v) + lower * v)
    }
}
