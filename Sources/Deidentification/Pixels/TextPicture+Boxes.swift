/// Boxes behind text: rectangles of exactly one value, whose straight edges no tissue has.
extension TextPicture {
    /// The rectangles of one value of at least 12 by 7 pixels.
    func boxes() -> [PixelRegion] {
        let runs = longRuns()
        return runs.flatMap { value, mask in
            ComponentFinder.components(of: mask, samples: samples).filter { box in
                isBox(box, mask)
            }.map {
                PixelRegion(
                    column: $0.minColumn,
                    row: $0.minRow,
                    width: $0.width,
                    height: $0.height
                )
            }
        }
    }

    /// The masks of values that some row has twelve times in a row at least seven times.
    private func longRuns() -> [(Int32, PixelMask)] {
        var counts: [Int32: Int] = [:]
        for row in 0..<rows {
            let end = (row + 1) * columns
            var index = row * columns
            while index < end {
                var next = index + 1
                while next < end, samples[next] == samples[index] { next += 1 }
                if next - index >= 12 { counts[samples[index], default: 0] += 1 }
                index = next
            }
        }
        return counts.filter { $0.value >= 2 }.keys.sorted().map { value in
            (value, mask(samples) { $0 == value })
        }
    }

    private func isBox(_ box: Component, _ mask: PixelMask) -> Bool {
        guard box.width >= 8, box.height >= 8, max(box.width, box.height) >= 14,
            2 * box.width * box.height < rows * columns, box.fill >= 0.35
        else { return false }
        let touches = [
            box.minRow == 0, box.maxRow == rows - 1, box.minColumn == 0,
            box.maxColumn == columns - 1,
        ].count { $0 }
        guard touches < 2 else { return false }
        func count(_ pixels: [(Int, Int)]) -> Double {
            Double(pixels.count { mask.contains(row: $0.0, column: $0.1) }) / Double(pixels.count)
        }
        let across = (box.minColumn...box.maxColumn)
        let down = (box.minRow...box.maxRow)
        return [
            across.map { (box.minRow, $0) }, across.map { (box.maxRow, $0) },
            down.map { ($0, box.minColumn) }, down.map { ($0, box.maxColumn) },
        ].allSatisfy { count($0) >= 0.9 }
    }
}
