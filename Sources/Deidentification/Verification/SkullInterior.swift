/// The inside of the skull and a margin, found a second time, to check face removal by.
///
/// Shares nothing with the search for the face but the slices in small: cells are filled from the
/// slices, not looked up in them, and what lies inside is told by looking around: whoever stands
/// inside a skull sees bone in nearly every direction, but not from an orbit or from the cheek.
struct SkullInterior: Sendable {
    private let margin: Double
    private let counts: SIMD3<Int>
    private let origin: SIMD3<Double>
    private let inside: [Bool]
    /// The cells that come near enough to the inside for a closer look.
    private let near: [Bool]
    private let offsets: [SIMD3<Int>]

    /// The edge of a cell in mm: 3, or more where pixels lie farther apart.
    private let spacing: Double
    /// Of 26 directions, those in which bone must be seen.
    private static let leastSeen: UInt8 = 25

    /// Finds the inside; nil if there is none of at least 50 mL.
    ///
    /// Where the face goes, 10 mm around it are protected as well; where all but the brain goes,
    /// its outermost cells may go too.
    init?(_ stack: SliceStack, mode: FaceRemovalMode) {
        let widest = stack.slices.map {
            max($0.placement.rowSpacing, $0.placement.columnSpacing)
        }.max()
        spacing = max(3, 1.05 * (widest ?? 0))
        guard var cells = SkullCells(stack, spacing: spacing) else { return nil }
        cells.lookAround()
        let region = cells.largestRegion(seeing: Self.leastSeen, isWhole: mode == .face)
        let volume = Double(region.count { $0 }) * spacing * spacing * spacing
        guard volume >= 50_000 else { return nil }
        margin = mode == .face ? FaceRegion.margin : 0
        let halfDiagonal = 0.867 * spacing
        offsets = SkullCells.offsets(within: margin + 2 * halfDiagonal, spacing: spacing)
        counts = cells.counts
        origin = cells.origin
        inside = region
        near = mode == .face ? cells.grown(region, by: margin + halfDiagonal) : region
    }

    /// Whether a pixel lies inside, or within the margin of the middle of a cell that does.
    func protects(pixel: Int, of placement: SlicePlacement) -> Bool {
        let (row, column) = (pixel / placement.columns, pixel % placement.columns)
        let place = placement.point(row: Double(row), column: Double(column)) - origin
        let point = place / spacing
        guard point.min() >= 0 else { return false }
        let cell = SIMD3<Int>(point)
        guard let index = index(cell), near[index] else { return false }
        if inside[index] || margin == 0 { return inside[index] }
        let limit = margin * margin / (spacing * spacing)
        return offsets.contains { offset in
            let other = cell &+ offset
            guard let index = self.index(other), inside[index] else { return false }
            let way = SIMD3<Double>(other) + 0.5 - point
            return (way * way).sum() <= limit
        }
    }

    private func index(_ cell: SIMD3<Int>) -> Int? {
        guard cell.min() >= 0, cell.x < counts.x, cell.y < counts.y, cell.z < counts.z else {
            return nil
        }
        return (cell.z * counts.y + cell.y) * counts.x + cell.x
    }

    /// Whether any protected pixel of a slice is not what it was.
    func isChanged(
        from before: [Int32],
        to after: [Int32],
        at placement: SlicePlacement
    ) -> Bool {
        guard before.count == after.count else { return true }
        return before.indices.contains { pixel in
            before[pixel] != after[pixel] && protects(pixel: pixel, of: placement)
        }
    }
}
