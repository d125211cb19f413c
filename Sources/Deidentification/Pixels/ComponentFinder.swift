/// Finds connected pixels, corners included, from runs of rows: linear in the number of pixels.
struct ComponentFinder {
    private let runs: PixelRuns
    private let samples: [Int32]
    private var components: [Component] = []
    /// The label that a label was joined to; itself for those that stand.
    private var parents: [Int] = []

    private init(_ runs: PixelRuns, samples: [Int32]) {
        self.runs = runs
        self.samples = samples
    }

    /// The components of a mask in the order of their first pixels; peaks are those of `samples`.
    static func components(of mask: PixelMask, samples: [Int32]) -> [Component] {
        components(of: PixelRuns(mask), samples: samples)
    }

    /// The components of runs in the order of their first pixels; peaks are those of `samples`.
    static func components(of runs: PixelRuns, samples: [Int32]) -> [Component] {
        var finder = ComponentFinder(runs, samples: samples)
        finder.scan()
        return finder.components.indices.filter { finder.parents[$0] == $0 }.map {
            finder.components[$0]
        }
    }

    private mutating func scan() {
        var labels = [Int](repeating: 0, count: runs.runs.count)
        for row in 0..<runs.rows {
            var first = row == 0 ? 0 : runs.rowStarts[row - 1]
            for number in runs.rowStarts[row]..<runs.rowStarts[row + 1] {
                labels[number] = label(number, row, labels, &first)
            }
        }
    }

    /// Makes a component of a run and joins it with those it touches in the row above.
    ///
    /// `first` is the first run of the row above that later runs may touch.
    private mutating func label(
        _ number: Int,
        _ row: Int,
        _ labels: [Int],
        _ first: inout Int
    ) -> Int {
        let (start, end) = (Int(runs.runs[number].start), Int(runs.runs[number].end))
        let above = row == 0 ? 0 : runs.rowStarts[row]
        while first < above, Int(runs.runs[first].end) < start { first += 1 }
        var component = component(row, start, end)
        var label: Int?
        var other = first
        while other < above, Int(runs.runs[other].start) <= end {
            let run = runs.runs[other]
            component.columnRunCount -= max(0, min(end, Int(run.end)) - max(start, Int(run.start)))
            let root = root(labels[other])
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

    private func component(_ row: Int, _ start: Int, _ end: Int) -> Component {
        var (peak, sum) = (Int32.min, 0)
        for index in row * runs.columns + start..<row * runs.columns + end {
            peak = max(peak, samples[index])
            sum += Int(samples[index])
        }
        return Component(
            minColumn: start,
            maxColumn: end - 1,
            minRow: row,
            maxRow: row,
            area: end - start,
            rowRunCount: 1,
            columnRunCount: end - start,
            peak: peak,
            sum: sum
        )
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
