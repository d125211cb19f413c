/// Connected cells of a grid, by faces.
enum GridComponents {
    /// The cells that can be reached from seeds through passable cells.
    static func reached(
        from seeds: [Int],
        through isPassable: [Bool],
        _ grid: HeadGrid
    ) -> [Bool] {
        var reached = [Bool](repeating: false, count: isPassable.count)
        var stack: [Int32] = []
        for seed in seeds where isPassable[seed] && !reached[seed] {
            reached[seed] = true
            stack.append(Int32(seed))
        }
        grow(&reached, &stack, through: isPassable, grid)
        return reached
    }

    /// The largest connected set of cells and how many it has.
    static func largest(of cells: [Bool], _ grid: HeadGrid) -> (cells: [Bool], count: Int) {
        var seen = [Bool](repeating: false, count: cells.count)
        var best: (seed: Int, count: Int) = (0, 0)
        for seed in cells.indices where cells[seed] && !seen[seed] {
            seen[seed] = true
            var stack = [Int32(seed)]
            let count = grow(&seen, &stack, through: cells, grid)
            if count > best.count { best = (seed, count) }
        }
        guard best.count > 0 else { return (seen, 0) }
        return (reached(from: [best.seed], through: cells, grid), best.count)
    }

    @discardableResult
    private static func grow(
        _ reached: inout [Bool],
        _ stack: inout [Int32],
        through isPassable: [Bool],
        _ grid: HeadGrid
    ) -> Int {
        let (counts, strides) = (grid.counts, grid.strides)
        var count = 0
        while let next = stack.popLast() {
            count += 1
            let index = Int(next)
            let x = index % counts.x
            let y = index / counts.x % counts.y
            let z = index / strides.z
            func visit(_ exists: Bool, _ other: Int) {
                guard exists, isPassable[other], !reached[other] else { return }
                reached[other] = true
                stack.append(Int32(other))
            }
            visit(x > 0, index - 1)
            visit(x < counts.x - 1, index + 1)
            visit(y > 0, index - strides.y)
            visit(y < counts.y - 1, index + strides.y)
            visit(z > 0, index - strides.z)
            visit(z < counts.z - 1, index + strides.z)
        }
        return count
    }
}
