/// A table of counts with its margins, and which of its cells must stay hidden.
///
/// Hidden cells are edges between row and column nodes, margins included as a last row and
/// column: a cell follows by subtraction exactly when its edge lies on no cycle of hidden edges
/// (FCSM Working Paper 22). Labels tell an outsider more (a small cell is below k, another is not),
/// so every small cell must keep its whole range after that knowledge as well.
package struct SuppressionTable: Sendable {
    /// A place in the table; the last row and column are the margins.
    package struct Cell: Sendable, Hashable {
        /// The row, from 0.
        package var row: Int
        /// The column, from 0.
        package var column: Int

        /// Names a place.
        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    /// What an outsider knows of a hidden cell from its label.
    package enum Hiding: Sendable, Hashable {
        /// Outsiders know that the count is small.
        case small
        /// Outsiders know that the count is not small.
        case large
        /// Outsiders know nothing: a table withheld as a whole.
        case unknown
    }

    /// The number of inner rows.
    package let rows: Int
    /// The number of inner columns.
    package let columns: Int
    /// The rules applied.
    package let policy: DisclosurePolicy
    /// Every count, margins included.
    package private(set) var values: [Cell: Int] = [:]
    /// The hidden cells and what their label says.
    package private(set) var hidden: [Cell: Hiding] = [:]
    /// Cells that are public whatever this table would like.
    package var fixed: Set<Cell> = []
    /// What hiding a cell costs a reader; the cheapest sufficient set is sought.
    package var cost: @Sendable (Cell, Int) -> Int = { _, value in value + 1 }

    /// Makes a table from its inner cells; the margins are the sums.
    package init(inner: [[Int]], policy: DisclosurePolicy) {
        rows = inner.count
        columns = inner.first?.count ?? 0
        self.policy = policy
        for (row, line) in inner.enumerated() {
            for (column, value) in line.enumerated() {
                values[Cell(row: row, column: column)] = value
                values[Cell(row: row, column: columns), default: 0] += value
                values[Cell(row: rows, column: column), default: 0] += value
                values[Cell(row: rows, column: columns), default: 0] += value
            }
        }
    }

    /// All cells, row by row, margins last.
    package var cells: [Cell] {
        (0...rows).flatMap { row in (0...columns).map { Cell(row: row, column: $0) } }
    }

    /// Hides a cell that is hidden for a reason outside this table.
    package mutating func hide(_ cell: Cell, as hiding: Hiding) { hidden[cell] = hiding }

    /// Hides the small cells and then enough others; false when the fixed cells forbid it.
    package mutating func suppress() -> Bool {
        for cell in cells where !fixed.contains(cell) && policy.isSmall(values[cell, default: 0]) {
            hidden[cell] = hidden[cell] ?? .small
        }
        while let exposed = cells.first(where: { hidden[$0] != nil && !isProtected($0) }) {
            guard let more = further(for: exposed), !more.isEmpty else { return false }
            for cell in more { hidden[cell] = .large }
        }
        return true
    }

    /// Hides every cell that is not fixed, without telling which of them are small.
    package mutating func withholdAll() {
        for cell in cells where !fixed.contains(cell) { hidden[cell] = .unknown }
    }

    /// What an outsider knows of a hidden cell before subtracting anything.
    private func bounds(_ hiding: Hiding) -> ClosedRange<Int> {
        let k = policy.minimumCell
        return switch hiding {
        case .small: (policy.showsZero ? 1 : 0)...max(policy.showsZero ? 1 : 0, k - 1)
        case .large: k...Self.unbounded
        case .unknown: 0...Self.unbounded
        }
    }

    private static let unbounded = 1 << 40

    private func isProtected(_ cell: Cell) -> Bool {
        guard let hiding = hidden[cell] else { return true }
        let range = range(of: cell)
        // A class with a single possible count is known from its label alone; nothing to protect.
        if hiding == .small { return range == bounds(.small) }
        return range.upperBound > range.lowerBound
    }

    /// The counts an outsider cannot rule out for a hidden cell, by minimum and maximum flow.
    package func range(of cell: Cell) -> ClosedRange<Int> {
        let value = values[cell, default: 0]
        guard let hiding = hidden[cell] else { return value...value }
        let allowed = bounds(hiding)
        var network = ResidualNetwork(nodes: rows + columns + 2)
        for (other, label) in hidden where other != cell {
            let limits = bounds(label)
            let slack = values[other, default: 0]
            let up = max(0, limits.upperBound - slack)
            let down = max(0, slack - limits.lowerBound)
            let (from, to) = (other.row, rows + 1 + other.column)
            // A margin enters its line with the opposite sign of an inner cell.
            network.add(
                from,
                to,
                forward: isMargin(other) ? down : up,
                backward: isMargin(other) ? up : down
            )
        }
        let (row, column) = (cell.row, rows + 1 + cell.column)
        let rises = network.maximumFlow(from: column, to: row)
        let falls = network.maximumFlow(from: row, to: column)
        let (up, down) = isMargin(cell) ? (falls, rises) : (rises, falls)
        return max(allowed.lowerBound, value - down)...min(allowed.upperBound, value + up)
    }

    private func isMargin(_ cell: Cell) -> Bool { (cell.row == rows) != (cell.column == columns) }

    // MARK: Choosing what else to hide

    /// The cheapest cells that close a cycle through an exposed cell, or widen its range.
    private func further(for cell: Cell) -> [Cell]? {
        if let path = cheapestPath(around: cell), !path.isEmpty { return path }
        let near = candidates.filter { $0.row == cell.row || $0.column == cell.column }
        let pool = near.isEmpty ? candidates : near
        return pool.min { price($0) < price($1) }.map { [$0] }
    }

    /// Cells that may still be hidden; zeros and small cells protect nothing.
    private var candidates: [Cell] {
        cells.filter {
            hidden[$0] == nil && !fixed.contains($0)
                && values[$0, default: 0] >= max(1, policy.minimumCell)
        }
    }

    private func price(_ cell: Cell) -> Int { cost(cell, values[cell, default: 0]) }

    /// Dijkstra from the column to the row node without the cell itself; hidden edges are free.
    private func cheapestPath(around cell: Cell) -> [Cell]? {
        let open = Set(candidates)
        var distance = [cell.column + rows + 1: 0]
        var arrival: [Int: (cell: Cell, from: Int)] = [:]
        var settled: Set<Int> = []
        while let node = distance.keys.filter({ !settled.contains($0) })
            .min(by: { (distance[$0, default: 0], $0) < (distance[$1, default: 0], $1) })
        {
            settled.insert(node)
            for edge in cells where edge != cell && (hidden[edge] != nil || open.contains(edge)) {
                let ends = (edge.row, edge.column + rows + 1)
                guard ends.0 == node || ends.1 == node else { continue }
                let next = ends.0 == node ? ends.1 : ends.0
                let total = distance[node, default: 0] + (hidden[edge] == nil ? price(edge) : 0)
                if total < distance[next, default: .max] {
                    distance[next] = total
                    arrival[next] = (edge, node)
                }
            }
        }
        guard var node = distance[cell.row] == nil ? nil : cell.row else { return nil }
        var path: [Cell] = []
        while let step = arrival[node] {
            if hidden[step.cell] == nil { path.append(step.cell) }
            node = step.from
        }
        return path
    }
}
