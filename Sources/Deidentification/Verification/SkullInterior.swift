/// The inside of the skull and a margin, found a second time, to check face removal by.
///
/// Shares nothing with the search for the face but the slices in small: cells are filled from the
/// slices, not looked up in them, and what lies inside is told by looking around: whoever stands
/// inside a skull sees bone in every direction, but not from an orbit or from the cheek.
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
    /// Of 26 directions, those in which bone must be seen: all.
    private static let leastSeen: UInt8 = 26

    /// Finds the inside; nil if there is none of at least 50 mL.
    ///
    /// Where the face goes, 10 mm around it are protected as well; where all but the brain goes,
    /// what lies within two cells of its border may go too.
    init?(_ stack: SliceStack, mode: FaceRemovalMode) {
        let widest = stack.slices.map {
            max($0.placement.rowSpacing, $0.placement.columnSpacing)
        }.max()
        spacing = max(3, 1.05 * (widest ?? 0))
        // Coarse cells at the border of the skull mix brain with nose: only whole ones count.
        let isWhole = mode == .face && spacing <= 3
        let cellsOfLeast = Int(50_000 / (spacing * spacing * spacing))
        var found: (cells: SkullCells, region: [Bool])?
        // A scan that ends inside the skull shows no bone below: then none is asked for there.
        for isOpenBelow in [false, true] where found == nil {
            guard var cells = SkullCells(stack, spacing: spacing) else { return nil }
            cells.lookAround(isOpenBelow: isOpenBelow)
            let region = cells.largestRegion(seeing: Self.leastSeen, isWhole: isWhole)
            if region.count(where: { $0 }) >= cellsOfLeast { found = (cells, region) }
        }
        guard let (cells, region) = found else { return nil }
        margin = mode == .face ? FaceRegion.margin : 0
        let halfDiagonal = 0.867 * spacing
        offsets = SkullCells.offsets(within: margin + 2 * halfDiagonal, spacing: spacing)
        counts = cells.counts
        origin = cells.origin
        switch mode {
        case .face:
            inside = region
            near = cells.grown(region, by: margin + halfDiagonal)
        case .brainOnly:
            inside = cells.grown(region.map { !$0 }, by: 2 * spacing).map { !$0 }
            near = inside
        }
    }

    /// Whether a pixel lies inside, or within the margin of the middle of a cell that does.
    func protects(pixel: Int, of placement: SlicePlacement) -> Bool {
        let (row, column) = (pixel / placement.columns, pixel % placement.columns)
        return protects(placement.point(row: Double(row), column: Double(column)))
    }

    /// Whether a place lies inside, or within the margin of the middle of a cell that does.
    func protects(_ place: SIMD3<Double>) -> Bool {
        let point = (place - origin) / spacing
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
