import Evaluation

/// Per-site areas with intervals: a filled square for the federated and a ring for the local-only
/// model, two lines a site; the area of a square is the site's weight (1/SE²).
struct ForestPlot {
    /// One model of one row.
    struct Mark {
        let estimate: Double
        let interval: Interval?
        let standardError: Double?
        let text: String
    }

    /// One site.
    struct Row {
        let name: String
        let counts: String
        let federated: Result<Mark, Withheld>
        let localOnly: Result<Mark, Withheld>
    }

    let rows: [Row]
    let title: String
    let countsTitle: String
    let axisTitle: String

    private static let left = 330.0
    private static let right = 770.0
    private static let width = 1080.0
    private static let top = 40.0
    private static let pitch = 46.0
    private static let lineLength = 30

    private var bottom: Double { Self.top + Self.pitch * Double(rows.count) }

    var svg: Markup {
        let axis = Axis(
            covering: extent,
            limits: 0...1,
            from: Self.left,
            to: Self.right
        )
        let body = rows.enumerated().map { index, row in
            line(row, middle: Self.top + Self.pitch * (Double(index) + 0.5), axis)
        }
        return """
            <svg viewBox="0 0 \(Self.width) \(bottom + 56)" role="img" aria-label="\(title)">
            \(header)
            \(scale(axis))
            \(body)
            </svg>
            """
    }

    private var marks: [Mark] {
        rows.flatMap { [$0.federated, $0.localOnly] }.compactMap { try? $0.get() }
    }

    private var extent: [Double] {
        marks.flatMap { [$0.estimate, $0.interval?.low, $0.interval?.high] }.compactMap(\.self)
            + [0.5, 1]
    }

    private var header: Markup {
        """
        <text class="strong" x="0" y="24">Site</text>
        <text class="strong end" x="\(Self.left - 24)" y="24">\(countsTitle)</text>
        <text class="strong" x="\(Self.right + 24)" y="24">\(axisTitle)</text>
        """
    }

    private func scale(_ axis: Axis) -> Markup {
        let ticks = axis.ticks.map { tick -> Markup in
            let x = axis.position(tick)
            let number = FigureText.fixed(tick, axis.decimals)
            return """
                <line class="grid" x1="\(x)" x2="\(x)" y1="\(Self.top)" y2="\(bottom)"/>
                \(Markup.label(number, "small dim middle", x: x, y: bottom + 20))
                """
        }
        let chance = axis.position(0.5)
        return """
            \(ticks)
            <line class="chance" x1="\(chance)" x2="\(chance)" y1="\(Self.top)" y2="\(bottom)"/>
            <line class="axis" x1="\(Self.left)" x2="\(Self.right)" y1="\(bottom)" y2="\(bottom)"/>
            <text class="small dim middle" x="\(chance)" y="\(bottom + 36)">0.5 = chance</text>
            <text class="small dim end" x="\(Self.right)" y="\(bottom + 36)">better →</text>
            """
    }

    private func line(_ row: Row, middle: Double, _ axis: Axis) -> Markup {
        let rule = middle + Self.pitch / 2
        return """
            <line class="grid" x1="0" x2="\(Self.width)" y1="\(rule)" y2="\(rule)"/>
            \(name(row.name, middle))
            <text class="end dim" x="\(Self.left - 24)" y="\(middle + 4)">\(row.counts)</text>
            \(entries(row, middle, axis))
            """
    }

    private func entries(_ row: Row, _ middle: Double, _ axis: Axis) -> Markup {
        if case .failure(let first) = row.federated, case .failure(let second) = row.localOnly,
            first.text == second.text
        {
            return entry(row.federated, at: middle, isFederated: true, axis)
        }
        return """
            \(entry(row.federated, at: middle - 9, isFederated: true, axis))
            \(entry(row.localOnly, at: middle + 11, isFederated: false, axis))
            """
    }

    private func entry(
        _ result: Result<Mark, Withheld>,
        at y: Double,
        isFederated: Bool,
        _ axis: Axis
    ) -> Markup {
        switch result {
        case .failure(let reason):
            return Markup.label(reason.text, "small dim reason", x: Self.left + 8, y: y + 4)
        case .success(let mark):
            return """
                \(shape(mark, y, isFederated, axis))
                <text class="small" x="\(Self.right + 24)" y="\(y + 4)">\(mark.text)</text>
                """
        }
    }

    private func shape(_ mark: Mark, _ y: Double, _ isFederated: Bool, _ axis: Axis) -> Markup {
        let x = axis.position(mark.estimate)
        let name = isFederated ? "federated" : "local"
        let whisker: Markup =
            mark.interval.map {
                """
                <line class="interval \(name)" x1="\(axis.position($0.low))" \
                x2="\(axis.position($0.high))" y1="\(y)" y2="\(y)"/>
                """
            } ?? ""
        let half = side(of: mark) / 2
        return isFederated
            ? """
            \(whisker)
            <rect class="square" x="\(x - half)" y="\(y - half)" \
            width="\(2 * half)" height="\(2 * half)"/>
            """
            : """
            \(whisker)
            <circle class="ring local" cx="\(x)" cy="\(y)" r="4.5"/>
            """
    }

    /// 6 to 16 pixels: the area follows the weight among the federated marks.
    private func side(of mark: Mark) -> Double {
        let weight = { (error: Double?) in error.map { $0 > 0 ? 1 / ($0 * $0) : 0 } ?? 0 }
        let largest =
            rows.compactMap { try? $0.federated.get() }.map { weight($0.standardError) }.max() ?? 0
        guard largest > 0 else { return 9 }
        return 6 + 10 * (weight(mark.standardError) / largest).squareRoot()
    }

    /// The name in one line, or in two of them where it is long.
    private func name(_ name: String, _ middle: Double) -> [Markup] {
        let lines = Self.lines(of: name)
        let first = middle + 4 - 8 * Double(lines.count - 1)
        return lines.enumerated().map { index, line in
            "<text x=\"0\" y=\"\(first + 16 * Double(index))\">\(line)</text>"
        }
    }

    /// Breaks a name at the last space that fits; what is too long for two lines ends in an ellipsis.
    private static func lines(of name: String) -> [String] {
        guard name.count > lineLength else { return [name] }
        let end = name.prefix(lineLength + 1).lastIndex(of: " ")
        let split = end ?? name.index(name.startIndex, offsetBy: lineLength)
        let rest = name[split...].drop { $0 == " " }
        let isLong = rest.count > lineLength
        return [
            String(name[..<split]), isLong ? rest.prefix(lineLength - 1) + "…" : String(rest),
        ]
    }
}
