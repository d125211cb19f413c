/// Cells along the patient's axes, filled from slices: soft, bone, other, or seen by none.
struct SkullCells {
    let counts: SIMD3<Int>
    let origin: SIMD3<Double>
    private let spacing: Double
    private var kinds: [Kind]
    /// In how many of the directions bone is seen.
    private var seen: [UInt8]

    private enum Kind: UInt8 { case unseen, other, soft, bone }

    /// Fills the cells; nil if there are too many or too few.
    init?(_ stack: SliceStack, spacing: Double) {
        let slices = stack.ordered
        guard slices.count > 1, let box = Self.box(of: slices) else { return nil }
        let size = (box.high - box.low) / spacing
        guard size.max() < 500, size.min() > 1 else { return nil }
        counts = SIMD3(Int(size.x) + 1, Int(size.y) + 1, Int(size.z) + 1)
        origin = box.low
        self.spacing = spacing
        kinds = [Kind](repeating: .unseen, count: counts.x * counts.y * counts.z)
        seen = [UInt8](repeating: 0, count: kinds.count)
        fill(from: slices)
    }

    private static func box(
        of slices: [SliceStack.Reduced]
    ) -> (low: SIMD3<Double>, high: SIMD3<Double>)? {
        var low = SIMD3<Double>(repeating: 1e9)
        var high = -low
        for placement in slices.map(\.placement) {
            for (row, column) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
                let corner = placement.point(
                    row: Double(row * placement.rows),
                    column: Double(column * placement.columns)
                )
                low = pointwiseMin(low, corner)
                high = pointwiseMax(high, corner)
            }
        }
        return low.min() > -1e7 && high.max() < 1e7 ? (low, high) : nil
    }

    // MARK: Filling

    /// Spreads every pixel over half the way to the next slices; bone wins over soft tissue.
    private mutating func fill(from slices: [SliceStack.Reduced]) {
        for (number, slice) in slices.enumerated() {
            let below = number > 0 ? slice.location - slices[number - 1].location : 0
            let above =
                number + 1 < slices.count ? slices[number + 1].location - slice.location : 0
            let reach = (low: -min(below, 16) / 2, high: min(above, 16) / 2)
            let steps = max(1, Int(((reach.high - reach.low) / (spacing / 2)).rounded(.up)))
            for step in 0..<steps {
                let part = (Double(step) + 0.5) / Double(steps)
                fill(slice, shiftedBy: reach.low + part * (reach.high - reach.low))
            }
        }
    }

    private mutating func fill(_ slice: SliceStack.Reduced, shiftedBy distance: Double) {
        let placement = slice.placement
        let across = placement.rowDirection * (placement.columnSpacing / spacing)
        for row in 0..<placement.rows {
            let place = placement.point(row: Double(row), column: 0) + placement.normal * distance
            var cell = (place - origin) / spacing
            for column in 0..<placement.columns {
                let (x, y, z) = (Int(cell.x), Int(cell.y), Int(cell.z))
                cell += across
                guard x >= 0, y >= 0, z >= 0, x < counts.x, y < counts.y, z < counts.z else {
                    continue
                }
                let index = (z * counts.y + y) * counts.x + x
                let kind = Self.kind(of: slice.values[row * placement.columns + column])
                if kind.rawValue > kinds[index].rawValue { kinds[index] = kind }
            }
        }
    }

    private static func kind(of hounsfield: Int16) -> Kind {
        switch hounsfield {
        case 221...: .bone
        case -20...110: .soft
        default: .other
        }
    }

    // MARK: Looking around

    /// Counts for every cell the directions in which bone is seen.
    ///
    /// The scan may end above the head, so that bone counts as seen there; not so below.
    mutating func lookAround() {
        for z in -1...1 {
            for y in -1...1 {
                for x in -1...1 where (x, y, z) != (0, 0, 0) { look(SIMD3(x, y, z)) }
            }
        }
    }

    private mutating func look(_ step: SIMD3<Int>) {
        var sees = [Bool](repeating: false, count: kinds.count)
        let offset = (step.z * counts.y + step.y) * counts.x + step.x
        let isUp = step.z > 0
        for layer in 0..<counts.z {
            let z = isUp ? counts.z - 1 - layer : layer
            for line in 0..<counts.y {
                let y = step.y > 0 ? counts.y - 1 - line : line
                for place in 0..<counts.x {
                    let x = step.x > 0 ? counts.x - 1 - place : place
                    let index = (z * counts.y + y) * counts.x + x
                    let isEnd =
                        x + step.x < 0 || x + step.x >= counts.x || y + step.y < 0
                        || y + step.y >= counts.y || z + step.z < 0 || z + step.z >= counts.z
                    let next = isEnd ? Kind.unseen : kinds[index + offset]
                    sees[index] =
                        switch next {
                        case .bone: true
                        case .unseen: isUp && (isEnd || sees[index + offset])
                        default: !isEnd && sees[index + offset]
                        }
                    if kinds[index] == .unseen, isUp, z == counts.z - 1 { sees[index] = true }
                    if sees[index] { seen[index] += 1 }
                }
            }
        }
    }

    // MARK: Regions

    /// The largest connected set of soft cells that see bone in so many directions.
    ///
    /// One cell is taken off, which parts what only a thread connects, and put back if it is to be
    /// whole.
    func largestRegion(seeing least: UInt8, isWhole: Bool) -> [Bool] {
        let surrounded = kinds.indices.map { kinds[$0] == .soft && seen[$0] >= least }
        let steps = [1, counts.x, counts.x * counts.y]
        let core = surrounded.indices.map { index in
            surrounded[index]
                && steps.allSatisfy { step in
                    surrounded.indices.contains(index - step)
                        && surrounded.indices.contains(index + step)
                        && surrounded[index - step] && surrounded[index + step]
                }
        }
        let largest = Self.largest(of: core, steps)
        guard isWhole else { return largest }
        return surrounded.indices.map { index in
            surrounded[index]
                && (largest[index]
                    || steps.contains { step in
                        (index >= step && largest[index - step])
                            || (index + step < largest.count && largest[index + step])
                    })
        }
    }

    private static func largest(of cells: [Bool], _ steps: [Int]) -> [Bool] {
        var labels = [Int32](repeating: 0, count: cells.count)
        var (best, bestCount, label) = (Int32(0), 0, Int32(0))
        for seed in cells.indices where cells[seed] && labels[seed] == 0 {
            label += 1
            labels[seed] = label
            var queue = [seed]
            var next = 0
            while next < queue.count {
                let index = queue[next]
                next += 1
                for step in steps {
                    for other in [index - step, index + step]
                    where cells.indices.contains(other) && cells[other] && labels[other] == 0 {
                        labels[other] = label
                        queue.append(other)
                    }
                }
            }
            if queue.count > bestCount { (best, bestCount) = (label, queue.count) }
        }
        return labels.map { $0 == best && best > 0 }
    }

    /// The cells within a distance in mm of a set, the set among them.
    func grown(_ cells: [Bool], by distance: Double) -> [Bool] {
        let offsets = Self.offsets(within: distance, spacing: spacing)
        var result = cells
        for index in cells.indices where cells[index] && isEdge(index, of: cells) {
            let place = SIMD3(
                index % counts.x,
                index / counts.x % counts.y,
                index / (counts.x * counts.y)
            )
            for offset in offsets {
                let other = place &+ offset
                guard other.min() >= 0, other.x < counts.x, other.y < counts.y, other.z < counts.z
                else { continue }
                result[(other.z * counts.y + other.y) * counts.x + other.x] = true
            }
        }
        return result
    }

    /// The steps to cells within a distance in mm.
    static func offsets(within distance: Double, spacing: Double) -> [SIMD3<Int>] {
        let reach = Int(distance / spacing)
        var offsets: [SIMD3<Int>] = []
        for z in -reach...reach {
            for y in -reach...reach {
                for x in -reach...reach
                where Double(x * x + y * y + z * z).squareRoot() * spacing <= distance {
                    offsets.append(SIMD3(x, y, z))
                }
            }
        }
        return offsets
    }

    private func isEdge(_ index: Int, of cells: [Bool]) -> Bool {
        [1, counts.x, counts.x * counts.y].contains { step in
            index < step || index + step >= cells.count || !cells[index - step]
                || !cells[index + step]
        }
    }
}
