/// Glyph-like components that stand in a row, as letters of a line do.
struct TextLine: Sendable {
    private(set) var glyphs: [Component]
    /// Whether the line runs down or up the picture; its glyphs are then those of the transposed.
    let isUpright: Bool

    /// The lines among components, along the rows and along the columns, that look written.
    static func lines(among components: [Component], letters: Double) -> [TextLine] {
        let upright = components.map(\.transposed)
        return lines(components, letters, isUpright: false)
            + lines(upright, letters, isUpright: true)
    }

    /// The lines that may be written, to be judged by evidence.
    ///
    /// A picture full of strokes of one height, such as noise, has none that can be told.
    static func candidates(among components: [Component]) -> [TextLine] {
        let sized = components.filter {
            $0.area >= 3 && $0.width <= 400 && $0.height <= 400
                && max($0.width, $0.height) >= 4 && min($0.width, $0.height) <= 64
        }
        guard sized.count <= mostComponents else { return [] }
        return [(sized, false), (sized.map(\.transposed), true)].flatMap { components, isUpright in
            let glyphs = components.filter(isGlyphLike).sorted {
                ($0.minColumn, $0.minRow) < ($1.minColumn, $1.minRow)
            }
            return groups(glyphs).filter { $0.count >= 2 }.map {
                TextLine(glyphs: $0, isUpright: isUpright)
            }.filter { $0.letterCount >= 2.5 && $0.alignment >= 0.5 }
        }
    }

    private static let mostComponents = 8_000

    private static func lines(
        _ components: [Component],
        _ letters: Double,
        isUpright: Bool
    ) -> [TextLine] {
        let glyphs = components.filter(isGlyphLike).sorted {
            ($0.minColumn, $0.minRow) < ($1.minColumn, $1.minRow)
        }
        return groups(glyphs).map { TextLine(glyphs: $0, isUpright: isUpright) }.filter {
            $0.letterCount >= letters && $0.looksWritten
        }
    }

    /// How many letters the line has, touching ones told apart.
    var letterCount: Double { glyphs.reduce(0) { $0 + $1.letterCount } }

    /// Whether the line is hardly higher than a letter, at least five times as long, and three
    /// quarters of its glyphs stand on it.
    var isStraight: Bool {
        let bottoms = glyphs.map(\.maxRow).sorted()
        let heights = glyphs.map(\.height).sorted()
        let height = heights[heights.count / 2]
        let baseline = bottoms[bottoms.count / 2]
        let onLine = glyphs.count { abs($0.maxRow - baseline) <= max(1, height / 8) }
        return 4 * onLine >= 3 * glyphs.count && 10 * box.height <= 17 * height
            && box.width >= 5 * height
    }

    /// The rectangle around the line.
    var region: PixelRegion {
        let box = box
        guard isUpright else { return box }
        return PixelRegion(
            column: box.row,
            row: box.column,
            width: box.height,
            height: box.width
        )
    }

    private var box: PixelRegion {
        let left = glyphs.map(\.minColumn).min() ?? 0
        let right = glyphs.map(\.maxColumn).max() ?? 0
        let top = glyphs.map(\.minRow).min() ?? 0
        let bottom = glyphs.map(\.maxRow).max() ?? 0
        return PixelRegion(
            column: left,
            row: top,
            width: right - left + 1,
            height: bottom - top + 1
        )
    }

    /// Whether a component has the size and the thin strokes of a letter, or of a few joined ones.
    ///
    /// Letters are 4 to 60 pixels high. Strokes cover part of the box, unless the letter is a bar.
    static func isGlyphLike(_ component: Component) -> Bool {
        let height = Double(component.height)
        let width = Double(component.width)
        guard (4...60).contains(component.height), width <= 30 * height else { return false }
        guard component.meanRun <= max(3, 0.45 * max(height, min(width / 2, height))) else {
            return false
        }
        return width <= 0.4 * height
            ? component.fill >= 0.3 : (0.1...0.82).contains(component.fill)
    }

    /// Joins neighbours of similar height whose gap is at most that of a space.
    private static func groups(_ glyphs: [Component]) -> [[Component]] {
        var parent = Array(glyphs.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parent[index] != index { index = parent[index] }
            return index
        }
        for (index, glyph) in glyphs.enumerated() {
            let reach = glyph.maxColumn + 3 * glyph.height
            for other in (index + 1)..<max(index + 1, glyphs.count) {
                if glyphs[other].minColumn > reach { break }
                if areNeighbours(glyph, glyphs[other]) { parent[root(other)] = root(index) }
            }
        }
        var groups: [Int: [Component]] = [:]
        for index in glyphs.indices { groups[root(index), default: []].append(glyphs[index]) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func areNeighbours(_ left: Component, _ right: Component) -> Bool {
        let small = min(left.height, right.height)
        let large = max(left.height, right.height)
        let gap = right.minColumn - left.maxColumn - 1
        let overlap = min(left.maxRow, right.maxRow) - max(left.minRow, right.minRow) + 1
        return large <= 2 * small && gap >= -small / 2 && Double(gap) <= 1.3 * Double(large)
            && 2 * overlap >= small
    }

    /// Whether most glyphs stand on one line or hang from one, and the line is longer than high.
    private var looksWritten: Bool {
        let heights = glyphs.map(\.height).sorted()
        let height = heights[heights.count / 2]
        return alignment >= 0.6 && 2 * box.width >= 4 * height
            && box.height <= 2 * (heights.last ?? height)
    }

    /// The part of the glyphs that stand on one line or hang from one.
    var alignment: Double {
        let height = LineEvidence.median(glyphs.map { Double($0.height) })
        let tolerance = max(1, (height / 8).rounded(.down))
        func aligned(_ ends: [Double]) -> Int {
            let middle = LineEvidence.median(ends)
            return ends.count { abs($0 - middle) <= tolerance }
        }
        let most = max(
            aligned(glyphs.map { Double($0.maxRow) }),
            aligned(glyphs.map { Double($0.minRow) })
        )
        return Double(most) / Double(glyphs.count)
    }
}
