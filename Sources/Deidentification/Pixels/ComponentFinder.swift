/// Finds connected pixels of one value, or above one value.
///
/// Flood fill from seeds with a stack, each pixel at most once: linear in the number of pixels.
struct ComponentFinder {
    private let samples: [Int32]
    private let rows: Int
    private let columns: Int
    private let contrast: Int32
    private var visited: [Bool]
    private var stack: [Int32] = []

    /// - Parameter contrast: The fall of brightness that makes a side of a pixel an edge.
    init(samples: [Int32], rows: Int, columns: Int, contrast: Int32) {
        self.samples = samples
        self.rows = rows
        self.columns = columns
        self.contrast = contrast
        visited = [Bool](repeating: false, count: samples.count)
    }

    /// The components of exactly equal values that begin at a rise of brightness from the left.
    mutating func flat() -> [Component] {
        components(isSeed: { samples, index in
            samples[index] - samples[index - 1] >= self.contrast
        }, joins: { $0 == $1 })
    }

    /// The components of values of at least `threshold`.
    mutating func bright(from threshold: Int32) -> [Component] {
        components(isSeed: { samples, index in
            samples[index] >= threshold && samples[index - 1] < threshold
        }, joins: { _, other in other >= threshold })
    }

    private mutating func components(
        isSeed: ([Int32], Int) -> Bool, joins: (Int32, Int32) -> Bool
    ) -> [Component] {
        for index in visited.indices { visited[index] = false }
        var found: [Component] = []
        for row in 0..<rows {
            for column in 1..<max(1, columns) {
                let index = row * columns + column
                if !visited[index], isSeed(samples, index) {
                    found.append(fill(from: index, joins: joins))
                }
            }
        }
        return found
    }

    private mutating func fill(from seed: Int, joins: (Int32, Int32) -> Bool) -> Component {
        var component = Component(column: seed % columns, row: seed / columns)
        visited[seed] = true
        stack.append(Int32(seed))
        while let next = stack.popLast() {
            visit(Int(next), &component, joins: joins)
        }
        return component
    }

    private mutating func visit(
        _ index: Int, _ component: inout Component, joins: (Int32, Int32) -> Bool
    ) {
        let row = index / columns
        let column = index - row * columns
        let value = samples[index]
        component.area += 1
        component.minColumn = min(component.minColumn, column)
        component.maxColumn = max(component.maxColumn, column)
        component.minRow = min(component.minRow, row)
        component.maxRow = max(component.maxRow, row)
        if column == 0 || !joins(value, samples[index - 1]) { component.runCount += 1 }
        for rowStep in -1...1 where (0..<rows).contains(row + rowStep) {
            for columnStep in -1...1 where (0..<columns).contains(column + columnStep) {
                let other = index + rowStep * columns + columnStep
                if joins(value, samples[other]) {
                    if !visited[other] {
                        visited[other] = true
                        stack.append(Int32(other))
                    }
                } else if rowStep == 0 || columnStep == 0 {
                    component.edgeCount += 1
                    if value - samples[other] >= contrast { component.fallingEdgeCount += 1 }
                }
            }
        }
    }
}
