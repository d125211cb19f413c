/// A table whose cells wrap; columns named in `numbers` are right-aligned.
///
/// The first column names its row; equal names in a row become one tall cell.
struct HTMLTable {
    let caption: String
    let header: [String]
    var numbers: Set<Int> = []
    let rows: [[Markup]]

    var markup: Markup {
        let head = header.enumerated().map { index, title -> Markup in
            "<th scope=\"col\"\(style(index))>\(title)</th>"
        }
        let body = rows.indices.map { row($0) }
        return """
            <div class="scroll"><table>
            <caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)
            </tbody></table></div>
            """
    }

    private func row(_ index: Int) -> Markup {
        let first = rows[index].first
        let isRepeated = index > 0 && rows[index - 1].first == first
        let span = rows[index...].prefix { $0.first == first }.count
        let name: Markup =
            isRepeated || first == nil
            ? "" : "<th scope=\"row\" rowspan=\"\(span)\">\(first ?? "")</th>"
        let cells = rows[index].enumerated().dropFirst().map { column, cell -> Markup in
            "<td\(style(column))>\(cell)</td>"
        }
        return "<tr>\(name)\(cells)</tr>"
    }

    private func style(_ column: Int) -> Markup {
        numbers.contains(column) ? " class=\"number\"" : ""
    }
}
