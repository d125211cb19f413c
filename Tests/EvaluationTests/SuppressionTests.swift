import Evaluation
import Testing

@Suite struct SuppressionTests {
    private typealias Cell = SuppressionTable.Cell

    /// A small generator, so that a failing table can be made again from its number.
    private struct Draws {
        var state: UInt64

        mutating func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
    }

    private func policy(_ minimumCell: Int, showsZero: Bool = true) -> DisclosurePolicy {
        var policy = DisclosurePolicy()
        policy.minimumCell = minimumCell
        policy.showsZero = showsZero
        return policy
    }

    /// Every count an outsider cannot rule out, found by trying all tables up to `limit`.
    ///
    /// The outsider knows the shown cells, that a "small" one is below k and a "large" one not.
    private func possible(_ table: SuppressionTable, limit: Int) -> [Cell: Set<Int>] {
        let width = table.columns + 1
        let allowed = table.cells.map { cell in
            (0...limit * 6).map { allows(table, cell, $0) }
        }
        let inner = table.cells.indices.filter {
            $0 / width < table.rows && $0 % width < table.columns
        }
        var found = [Set<Int>](repeating: [], count: allowed.count)
        var values = [Int](repeating: 0, count: allowed.count)
        func tryAll(_ position: Int) {
            guard position < inner.count else { return record() }
            for value in 0...limit where allowed[inner[position]][value] {
                values[inner[position]] = value
                tryAll(position + 1)
            }
        }
        func record() {
            let last = table.rows * width
            for row in 0..<table.rows {
                let line = row * width..<row * width + table.columns
                values[line.upperBound] = values[line].reduce(0, +)
                guard allowed[line.upperBound][values[line.upperBound]] else { return }
            }
            for column in 0..<width {
                values[last + column] = stride(from: column, to: last, by: width)
                    .reduce(0) { $0 + values[$1] }
                guard allowed[last + column][values[last + column]] else { return }
            }
            for index in values.indices { found[index].insert(values[index]) }
        }
        tryAll(0)
        return Dictionary(uniqueKeysWithValues: zip(table.cells, found))
    }

    private func allows(_ table: SuppressionTable, _ cell: Cell, _ value: Int) -> Bool {
        let k = table.policy.minimumCell
        switch table.hidden[cell] {
        case nil: return value == table.values[cell, default: 0]
        case .small: return value < k && (value > 0 || !table.policy.showsZero)
        case .large: return value >= k
        case .unknown: return true
        }
    }

    @Test(arguments: [(2, 2, 12), (3, 2, 8), (1, 3, 14), (2, 3, 8)], [true, false])
    func `no hidden cell follows from the shown ones, labels included`(
        shape: (rows: Int, columns: Int, limit: Int),
        showsZero: Bool
    ) {
        for seed in 0..<40 as Range<UInt64> {
            var draws = Draws(state: seed)
            let inner = (0..<shape.rows).map { _ in
                (0..<shape.columns).map { _ in draws.next(below: 7) }
            }
            var table = SuppressionTable(inner: inner, policy: policy(3, showsZero: showsZero))
            if !table.suppress() { table.withholdAll() }
            for cell in table.cells where table.hidden[cell] == nil {
                #expect(!table.policy.isSmall(table.values[cell, default: 0]), "seed \(seed)")
            }
            let found = possible(table, limit: shape.limit)
            for cell in table.cells where table.hidden[cell] != nil {
                let count = found[cell]?.count ?? 0
                #expect(count >= 2, "seed \(seed), \(inner), \(cell), hidden \(table.hidden)")
                if table.hidden[cell] == .small {
                    let all = showsZero ? [1, 2] : [0, 1, 2]
                    #expect(found[cell] == Set(all), "seed \(seed), \(inner), \(cell)")
                }
            }
        }
    }

    @Test func `the range of a hidden cell is what all consistent tables allow`() {
        for seed in 0..<40 as Range<UInt64> {
            var draws = Draws(state: seed &+ 1000)
            let inner = (0..<3).map { _ in (0..<2).map { _ in draws.next(below: 4) } }
            var table = SuppressionTable(inner: inner, policy: policy(3))
            table.fixed = Set((0...2).map { Cell(row: 3, column: $0) })
            if !table.suppress() { table.withholdAll() }
            let found = possible(table, limit: 9)
            for cell in table.cells where table.hidden[cell] != nil {
                let range = table.range(of: cell)
                #expect(found[cell]?.min() == range.lowerBound, "seed \(seed), \(inner), \(cell)")
                #expect(found[cell]?.max() == range.upperBound, "seed \(seed), \(inner), \(cell)")
            }
        }
    }

    @Test func `a table without small cells is shown whole`() {
        var table = SuppressionTable(inner: [[20, 0], [7, 90]], policy: policy(5))
        let isSafe = table.suppress()
        #expect(isSafe)
        #expect(table.hidden.isEmpty)
    }

    @Test func `one small cell takes the cheapest cycle with it`() {
        var table = SuppressionTable(inner: [[40, 2], [30, 80]], policy: policy(5))
        let isSafe = table.suppress()
        #expect(isSafe)
        #expect(table.hidden[Cell(row: 0, column: 1)] == .small)
        #expect(table.hidden.count == 4)
        // Without its companions it would follow by subtraction.
        #expect(table.range(of: Cell(row: 0, column: 1)) == 1...4)
    }

    @Test func `linear algebra alone is not enough: a sum near k betrays a labelled cell`() {
        // 1 + 5 = 6: hiding both still gives 1 away, because the other one is at least 5.
        var table = SuppressionTable(inner: [[1, 5, 60]], policy: policy(5))
        let isSafe = table.suppress()
        #expect(isSafe)
        #expect(table.hidden[Cell(row: 0, column: 2)] == .large)
    }

    @Test func `a fixed margin that betrays everything is reported`() {
        var table = SuppressionTable(inner: [[2, 0]], policy: policy(5))
        table.fixed = Set((0...2).map { Cell(row: 1, column: $0) })
        let isSafe = table.suppress()
        #expect(!isSafe)
        table.withholdAll()
        #expect(table.hidden.values.allSatisfy { $0 == .unknown })
    }
}
