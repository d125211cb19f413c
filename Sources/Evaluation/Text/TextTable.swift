/// A plain-text table that fits a width by wrapping its widest columns; a cell may have lines of its own.
package struct TextTable {
    private let header: [String]
    private let rows: [[String]]
    private static let gap = 2
    private static let narrowest = 8

    /// Every row has a cell for every column.
    package init(header: [String], rows: [[String]]) {
        precondition(rows.allSatisfy { $0.count == header.count }, "every row has every column")
        self.header = header
        self.rows = rows
    }

    /// The table, at most `width` characters wide where words allow it.
    package func lines(width: Int) -> [String] {
        let widths = fitted(to: width)
        let rule = widths.map { String(repeating: "─", count: $0) }
        return line(header, widths) + line(rule, widths) + rows.flatMap { line($0, widths) }
    }

    /// Natural widths, the widest column giving way one character at a time.
    private func fitted(to width: Int) -> [Int] {
        var widths = header.indices.map { column in
            ([header] + rows).flatMap { $0[column].split(separator: "\n") }.map(\.count).max() ?? 0
        }
        let room = max(width - Self.gap * (widths.count - 1), Self.narrowest * widths.count)
        while widths.reduce(0, +) > room, let widest = widths.max(), widest > Self.narrowest {
            guard let column = widths.lastIndex(of: widest) else { break }
            widths[column] -= 1
        }
        return widths
    }

    private func line(_ cells: [String], _ widths: [Int]) -> [String] {
        let wrapped = zip(cells, widths).map { cell, width in
            cell.split(separator: "\n", omittingEmptySubsequences: false)
                .flatMap { FoldedText.lines(String($0), to: width) }
        }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { index in
            var text = ""
            for (column, lines) in wrapped.enumerated() {
                let part = index < lines.count ? lines[index] : ""
                let padding = widths[column] - part.count + Self.gap
                text += part + String(repeating: " ", count: max(0, padding))
            }
            return String(text.reversed().drop { $0 == " " }.reversed())
        }
    }
}
