/// Pieces of strokes that lie close together in a band: letters whose edges were smoothed.
enum StrokePieces {
    /// The bands of at least six pieces.
    static func clusters(of pieces: [Component]) -> [PixelRegion] {
        groups(pieces.sorted { ($0.minColumn, $0.minRow) < ($1.minColumn, $1.minRow) })
            .filter(isBand).map(region)
    }

    private static let gap = 7

    private static func groups(_ pieces: [Component]) -> [[Component]] {
        guard pieces.count <= 3_000 else { return [] }
        var parent = Array(pieces.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parent[index] != index { index = parent[index] }
            return index
        }
        for (index, piece) in pieces.enumerated() {
            for other in (index + 1)..<max(index + 1, pieces.count) {
                let next = pieces[other]
                if next.minColumn > piece.maxColumn + gap { break }
                if next.minRow <= piece.maxRow + gap, piece.minRow <= next.maxRow + gap {
                    parent[root(other)] = root(index)
                }
            }
        }
        var groups: [Int: [Component]] = [:]
        for index in pieces.indices { groups[root(index), default: []].append(pieces[index]) }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func isBand(_ pieces: [Component]) -> Bool {
        let area = pieces.reduce(0) { $0 + $1.area }
        let box = region(pieces)
        let (short, long) = (min(box.width, box.height), max(box.width, box.height))
        guard pieces.count >= 6, area >= 24, (3...45).contains(short), long >= 2 * short else {
            return false
        }
        return 100 * area >= 8 * box.width * box.height
    }

    private static func region(_ pieces: [Component]) -> PixelRegion {
        let left = pieces.map(\.minColumn).min() ?? 0
        let top = pieces.map(\.minRow).min() ?? 0
        return PixelRegion(
            column: left,
            row: top,
            width: (pieces.map(\.maxColumn).max() ?? 0) - left + 1,
            height: (pieces.map(\.maxRow).max() ?? 0) - top + 1
        )
    }
}
