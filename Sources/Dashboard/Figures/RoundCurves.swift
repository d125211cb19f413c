import Evaluation

/// The training loss of every round: a thin line with its own mark per site, a thick one for the
/// mean; a site that missed a round leaves a gap.
struct RoundCurves {
    let rounds: [RoundSummary]

    private static let left = 64.0
    private static let right = 800.0
    private static let width = 1080.0
    private static let top = 28.0
    private static let bottom = 300.0
    private static let hues = 8

    private var sites: [String] {
        Set(rounds.flatMap(\.sites).filter { $0.loss != nil }.map(\.site)).sorted()
    }

    /// Nil when no round reported a loss.
    var svg: Markup? {
        let losses = rounds.compactMap(\.loss) + rounds.flatMap(\.sites).compactMap(\.loss)
        guard let first = rounds.first?.number, let last = rounds.last?.number, !losses.isEmpty
        else { return nil }
        let vertical = Axis(
            covering: losses + [0],
            limits: 0...1e9,
            from: Self.bottom,
            to: Self.top
        )
        let span = Double(max(last - first, 1))
        let x = { (number: Int) in
            Self.left + 16 + (Self.right - Self.left - 32) * Double(number - first) / span
        }
        return """
            <svg viewBox="0 0 \(Self.width) 350" role="img" aria-label="Training loss per round">
            \(grid(vertical, x))
            \(sites.enumerated().map { curve($0.element, $0.offset, vertical, x) })
            \(meanCurve(vertical, x))
            \(labels(vertical))
            </svg>
            """
    }

    private func grid(_ axis: Axis, _ x: (Int) -> Double) -> Markup {
        let lines = axis.ticks.map { tick -> Markup in
            let y = axis.position(tick)
            let number = FigureText.fixed(tick, axis.decimals)
            return """
                <line class="grid" x1="\(Self.left)" x2="\(Self.right)" y1="\(y)" y2="\(y)"/>
                \(Markup.label(number, "small dim end", x: Self.left - 8, y: y + 4))
                """
        }
        let every = max(1, (rounds.count + 14) / 15)
        let numbers = rounds.filter { ($0.number - 1).isMultiple(of: every) }.map {
            round -> Markup in
            Markup.label(
                String(round.number),
                "small dim middle",
                x: x(round.number),
                y: Self.bottom + 18
            )
        }
        return """
            \(lines)
            \(numbers)
            \(Markup.label("round", "small dim middle", x: 432, y: Self.bottom + 38))
            <text class="small dim" x="0" y="11">mean training loss</text>
            """
    }

    private func curve(
        _ site: String,
        _ index: Int,
        _ axis: Axis,
        _ x: (Int) -> Double
    ) -> Markup {
        let points = rounds.map { round in
            round.sites.first { $0.site == site }?.loss.map {
                (x(round.number), axis.position($0))
            }
        }
        let hue = "s\(index % Self.hues)"
        let marks = points.compactMap(\.self).map { Self.mark(index, hue, at: $0) }
        return """
            <path class="curve \(hue)" d="\(Self.path(points))"/>
            \(marks)
            """
    }

    private func meanCurve(_ axis: Axis, _ x: (Int) -> Double) -> Markup {
        let points = rounds.map { round in
            round.loss.map { (x(round.number), axis.position($0)) }
        }
        let dots = points.compactMap(\.self).map { point -> Markup in
            """
            <circle class="meanmark" cx="\(point.0)" cy="\(point.1)" r="3.5"/>
            """
        }
        return """
            <path class="curve mean" d="\(Self.path(points))"/>
            \(dots)
            """
    }

    /// Names beside the last points, moved apart where they would overlap.
    private func labels(_ axis: Axis) -> Markup {
        var entries: [(name: String, index: Int?, y: Double)] = []
        for (index, site) in sites.enumerated() {
            let last = rounds.last { round in
                round.sites.contains { $0.site == site && $0.loss != nil }
            }
            let loss = last?.sites.first { $0.site == site }?.loss
            if let loss { entries.append((site, index, axis.position(loss))) }
        }
        if let mean = rounds.last(where: { $0.loss != nil })?.loss {
            entries.append(("mean", nil, axis.position(mean)))
        }
        entries.sort { ($0.y, $0.name) < ($1.y, $1.name) }
        var floor = Self.top
        let placed = entries.map { entry -> (name: String, index: Int?, y: Double) in
            let y = max(entry.y, floor)
            floor = y + 18
            return (entry.name, entry.index, y)
        }
        let overflow = max(0, floor - 18 - Self.bottom)
        return Markup(
            placed.map { entry in
                let point = (Self.right + 14, entry.y - overflow)
                let key: Markup =
                    entry.index.map { Self.mark($0, "s\($0 % Self.hues)", at: point) } ?? """
                        <circle class="meanmark" cx="\(point.0)" cy="\(point.1)" r="4"/>
                        """
                let style = entry.index == nil ? "strong" : "small"
                return """
                    \(key)
                    \(Markup.label(entry.name, style, x: point.0 + 12, y: point.1 + 4))
                    """
            }
        )
    }

    /// Five shapes against eight hues: forty sites until both repeat together.
    private static func mark(_ index: Int, _ hue: String, at point: (Double, Double)) -> Markup {
        let (x, y) = point
        let outline: Markup =
            switch index % 5 {
            case 0: "M\(x - 4) \(y)a4 4 0 1 0 8 0a4 4 0 1 0 -8 0Z"
            case 1: "M\(x - 3.5) \(y - 3.5)h7v7h-7Z"
            case 2: "M\(x) \(y - 5)L\(x + 4.5) \(y + 3.5)H\(x - 4.5)Z"
            case 3: "M\(x) \(y - 5)L\(x + 5) \(y)L\(x) \(y + 5)L\(x - 5) \(y)Z"
            default: "M\(x) \(y + 5)L\(x + 4.5) \(y - 3.5)H\(x - 4.5)Z"
            }
        return "<path class=\"mark \(hue)\" d=\"\(outline)\"/>"
    }

    /// A path that lifts the pen where a value is missing.
    private static func path(_ points: [(Double, Double)?]) -> Markup {
        var text: [Markup] = []
        var isDown = false
        for point in points {
            guard let point else {
                isDown = false
                continue
            }
            text.append(
                isDown ? "L\(point.0) \(point.1)" : "M\(point.0) \(point.1)"
            )
            isDown = true
        }
        return Markup(text)
    }
}
