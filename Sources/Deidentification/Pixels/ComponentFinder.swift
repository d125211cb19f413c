/// Finds connected pixels, corners included, from runs of rows: linear in the number of pixels.
struct ComponentFinder {
    private struct Run {
        let start: Int
        let end: Int
        let label: Int
    }

    private let mask: PixelMask
    private let samples: [Int32]
    private var components: [Component] = []
    /// The label that a label was joined to; itself for those that stand.
    private var parents: [Int] = []

    private init(_ mask: PixelMask, samples: [Int32]) {
        self.mask = mask
        self.samples = samples
    }

    /// The components of a mask in the order of their first pixels; peaks are those of `samples`.
    static func components(of mask: PixelMask, samples: [Int32]) -> [Component] {
        var finder = ComponentFinder(mask, samples: samples)
        finder.scan()
        return finder.components.indices.filter { finder.parents[$0] == $0 }.map {
            finder.components[$0]
        }
    }

    private mutating func scan() {
        var above: [Run] = []
        var current: [Run] = []
        for row in 0..<mask.rows {
            current.removeAll(keepingCapacity: true)
            var column = 0
            var first = 0
            while let start = next(1, row, from: column) {
                let end = next(0, row, from: start) ?? mask.columns
                let label = label(row, start, end, above, &first)
                current.append(Run(start: start, end: end, label: label))
                column = end
            }
            swap(&above, &current)
        }
    }

    /// The first column from one on with a mask value; nil if the row has none.
    private func next(_ wanted: UInt8, _ row: Int, from column: Int) -> Int? {
        let base = row * mask.columns
        var index = base + column
        let end = base + mask.columns
        while index < end {
            if mask.cells[index] == wanted { return index - base }
            index += 1
        }
        return nil
    }

    /// Makes a component of a run and joins it with those it touches in the row above.
    private mutating func label(
        _ row: Int,
        _ start: Int,
        _ end: Int,
        _ above: [Run],
        _ first: inout Int
    ) -> Int {
        while first < above.count, above[first].end < start { first += 1 }
        var peak = Int32.min
        for index in row * mask.columns + start..<row * mask.columns + end {
            peak = max(peak, samples[index])
        }
        var component = Component(
            minColumn: start,
            maxColumn: end - 1,
            minRow: row,
            maxRow: row,
            area: end - start,
            rowRunCount: 1,
            columnRunCount: end - start,
            peak: peak
        )
        var label: Int?
        var other = first
        while other < above.count, above[other].start <= end {
            let run = above[other]
            component.columnRunCount -= max(0, min(end, run.end) - max(start, run.start))
            let root = root(run.label)
            if let known = label, known != root {
                label = join(known, root)
            } else {
                label = root
            }
            other += 1
        }
        guard let label else {
            components.append(component)
            parents.append(parents.count)
            return parents.count - 1
        }
        components[label].join(component)
        return label
    }

    private mutating func root(_ label: Int) -> Int {
        var root = label
        while parents[root] != root {
            parents[root] = parents[parents[root]]
            root = parents[root]
        }
        return root
    }

    private mutating func join(_ one: Int, _ other: Int) -> Int {
        let (first, second) = (min(one, other), max(one, other))
        components[first].join(components[second])
        parents[second] = first
        return first
    }
}
