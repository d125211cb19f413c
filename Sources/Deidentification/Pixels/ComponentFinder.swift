/// Finds connected pixels that a rule puts together.
///
/// Flood fill from seeds with a stack, each pixel at most once: linear in the number of pixels.
struct ComponentFinder<Rule: ComponentRule> {
    private let samples: [Int32]
    private let rows: Int
    private let columns: Int
    private let contrast: Int32
    private let rule: Rule
    private var visited: [Bool]
    private var stack: [Int] = []

    /// A side of a pixel is an edge where brightness falls by `contrast`.
    init(samples: [Int32], rows: Int, columns: Int, contrast: Int32, rule: Rule) {
        self.samples = samples
        self.rows = rows
        self.columns = columns
        self.contrast = contrast
        self.rule = rule
        visited = [Bool](repeating: false, count: samples.count)
    }

    /// The components in the order of their first seeds, row by row.
    mutating func components() -> [Component] {
        var found: [Component] = []
        for row in 0..<rows {
            for column in 1..<max(1, columns) {
                let index = row * columns + column
                if !visited[index], rule.isSeed(samples[index], left: samples[index - 1]) {
                    found.append(fill(from: index))
                }
            }
        }
        return found
    }

    private mutating func fill(from seed: Int) -> Component {
        var component = Component(column: seed % columns, row: seed / columns)
        visited[seed] = true
        stack.append(seed)
        while let next = stack.popLast() {
            visit(next, &component)
        }
        return component
    }

    private mutating func visit(_ index: Int, _ component: inout Component) {
        let row = index / columns
        let column = index - row * columns
        component.add(column: column, row: row)
        component.peak = max(component.peak, samples[index])
        if column == 0 || !rule.joins(samples[index], samples[index - 1]) {
            component.runCount += 1
        }
        let left = column > 0
        let right = column < columns - 1
        if left { look(at: index - 1, from: index, isSide: true, &component) }
        if right { look(at: index + 1, from: index, isSide: true, &component) }
        for (exists, step) in [(row > 0, -columns), (row < rows - 1, columns)] where exists {
            look(at: index + step, from: index, isSide: true, &component)
            if left { look(at: index + step - 1, from: index, isSide: false, &component) }
            if right { look(at: index + step + 1, from: index, isSide: false, &component) }
        }
    }

    private mutating func look(
        at other: Int,
        from index: Int,
        isSide: Bool,
        _ component: inout Component
    ) {
        if rule.joins(samples[index], samples[other]) {
            guard !visited[other] else { return }
            visited[other] = true
            stack.append(other)
        } else if isSide {
            component.edgeCount += 1
            if samples[index] - samples[other] >= contrast { component.fallingEdgeCount += 1 }
        }
    }
}
