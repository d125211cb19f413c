/// Pieces of HTML whose text is escaped.
enum Markup {
    /// Text as it may stand in an element or an attribute.
    static func text(_ text: String) -> String {
        text.reduce(into: "") { result, character in
            switch character {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.append(character)
            }
        }
    }

    static func paragraph(_ words: String, _ style: String? = nil) -> String {
        "<p\(style.map { " class=\"\($0)\"" } ?? "")>\(text(words))</p>"
    }

    static func code(_ words: String) -> String { "<code>\(text(words))</code>" }

    static func list(_ lines: [String]) -> String {
        "<ul>" + lines.map { "<li>\(text($0))</li>" }.joined() + "</ul>"
    }

    static func terms(_ pairs: [(String, String)]) -> String {
        "<dl>" + pairs.map { "<dt>\(text($0))</dt><dd>\($1)</dd>" }.joined() + "</dl>"
    }

    /// A cell of a table.
    enum Cell {
        case words(String)
        case head(String)
        case number(Int)
        case tag(String)

        var html: String {
            switch self {
            case .words(let words): "<td>\(Markup.text(words))</td>"
            case .head(let words): "<th scope=\"row\">\(Markup.text(words))</th>"
            case .number(let number): "<td class=\"number\">\(number.grouped)</td>"
            case .tag(let tag): "<td class=\"tag\">\(Markup.code(tag))</td>"
            }
        }

        var isNumber: Bool { if case .number = self { true } else { false } }
    }

    /// A table with a caption; nothing without rows.
    ///
    /// A dense one is for lists in which things are looked up.
    static func table(
        _ caption: String,
        _ heads: [String],
        _ rows: [[Cell]],
        isDense: Bool = false
    ) -> String {
        guard let first = rows.first else { return "" }
        let head = zip(heads, first).map { name, cell in
            "<th scope=\"col\"\(cell.isNumber ? " class=\"number\"" : "")>\(text(name))</th>"
        }
        let body = rows.map { "<tr>" + $0.map(\.html).joined() + "</tr>" }
        return """
            <div class="scroll\(isDense ? " dense" : "")"><table><caption>\(text(caption))</caption>
            <thead><tr>\(head.joined())</tr></thead>
            <tbody>\(body.joined(separator: "\n"))</tbody></table></div>
            """
    }
}
