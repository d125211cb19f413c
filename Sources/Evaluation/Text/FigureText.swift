/// How figures are written in tables and pages: with unit, interval and n, or the reason for none.
package enum FigureText {
    /// A number with a fixed count of decimals, such as `0.910`.
    package static func fixed(_ value: Double, _ decimals: Int) -> String {
        guard value.isFinite, value.magnitude < 1e12 else { return String(value) }
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let rounded = (value.magnitude * scale).rounded()
        let whole = Int64(rounded)
        let sign = value < 0 && whole != 0 ? "−" : ""
        guard decimals > 0 else { return sign + String(whole) }
        let digits = String(whole)
        let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
    }

    /// A proportion as a percentage with one decimal and without the sign, such as `90.7`.
    package static func percent(_ value: Double) -> String { fixed(100 * value, 1) }

    /// A count, its band, or why there is none.
    package static func count(_ count: Reported<Count>) -> String {
        count.value?.text ?? count.withheld?.text ?? ""
    }

    /// A count for a narrow column: its number or band, `few`, `withheld` or `none`.
    package static func shortCount(_ count: Reported<Count>) -> String {
        count.value?.text ?? count.withheld?.shortText ?? ""
    }

    /// What the words of `shortCount` mean.
    package static let shortCounts =
        "few: below the site's minimum; withheld: would give a small count away"

    /// `0.912 (0.851–0.949)`, or why there is none.
    package static func auroc(_ auroc: Reported<AUROCEstimate>) -> String {
        switch auroc {
        case .withheld(let reason): return reason.text
        case .value(let value):
            if let low = value.conservativeLow {
                return "\(fixed(value.estimate, 3)) (at least \(fixed(low, 3)))"
            }
            return fixed(value.estimate, 3) + interval(value.interval, 3)
        }
    }

    /// `0.874 (0.801–0.922), 6 exams`, or why there is none.
    package static func tiles(_ tiles: Reported<TileSummary>) -> String {
        switch tiles {
        case .withheld(let reason): reason.text
        case .value(let value):
            fixed(value.estimate, 3) + interval(value.interval, 3)
                + ", \(value.exams.text) exam\(value.exams.text == "1" ? "" : "s")"
        }
    }

    /// `90.7 % (82.7–95.2), 78/86`, or why there is none and the band that may be told.
    package static func rate(_ rate: Reported<RateEstimate>) -> String {
        switch rate {
        case .withheld(let reason):
            guard let band = reason.band else { return reason.text }
            return "\(fixed(100 * band.low, 0))–\(fixed(100 * band.high, 0)) %, \(reason.text)"
        case .value(let value):
            let ends = "\(percent(value.interval.low))–\(percent(value.interval.high))"
            return "\(percent(value.estimate)) % (\(ends)), "
                + "\(value.numerator.text)/\(value.denominator.text)"
        }
    }

    /// `2.4 per 100 scans (1.6–3.7)`, or why there is none.
    package static func falseAlarms(_ share: Reported<RateEstimate>) -> String {
        switch share {
        case .withheld(let reason): reason.text
        case .value(let value):
            "\(percent(value.estimate)) per 100 scans "
                + "(\(percent(value.interval.low))–\(percent(value.interval.high)))"
        }
    }

    /// `median 0.61 (quartiles 0.45–0.72), mean 0.58, n 23`, or why there is none.
    package static func dice(_ dice: Reported<DiceSummary>) -> String {
        switch dice {
        case .withheld(let reason): reason.text
        case .value(let value):
            "median \(fixed(value.median, 2)) (quartiles \(fixed(value.quartiles.low, 2))–"
                + "\(fixed(value.quartiles.high, 2))), mean \(fixed(value.mean, 2)), "
                + "n \(value.cases.text)"
        }
    }

    /// `+0.038 (−0.010 to +0.086), p 0.12`, or why there is none.
    ///
    /// Without significance it adds the smallest difference that could have been seen.
    package static func difference(_ difference: Reported<DifferenceEstimate>) -> String {
        switch difference {
        case .withheld(let reason): return reason.text
        case .value(let value):
            var text = signed(value.estimate)
            switch value.interval {
            case .value(let ends): text += " (\(signed(ends.low)) to \(signed(ends.high)))"
            case .withheld(let reason): text += " (interval \(reason.text))"
            }
            guard let p = value.pValue else { return text }
            text += p < 0.001 ? ", p <0.001" : ", p \(fixed(p, p < 0.1 ? 3 : 2))"
            if p >= 0.05, let smallest = value.smallestDetectable {
                text += "; could see ≥\(fixed(smallest, 3))"
            }
            return text
        }
    }

    /// A size such as `12.4 MB`, decimal units.
    package static func bytes(_ count: Int) -> String {
        switch Double(count) {
        case ..<1e3: "\(count) B"
        case ..<1e6: "\(fixed(Double(count) / 1e3, 1)) kB"
        case ..<1e9: "\(fixed(Double(count) / 1e6, 1)) MB"
        default: "\(fixed(Double(count) / 1e9, 2)) GB"
        }
    }

    /// The name of a metric of `Comparison.means` for people.
    package static func metricName(_ metric: String) -> String {
        switch metric {
        case "auroc": "exam AUROC"
        case "tile-auroc": "tile AUROC"
        case "dice-mean": "mean Dice"
        default: metric
        }
    }

    private static func signed(_ value: Double) -> String {
        (value >= 0 ? "+" : "") + fixed(value, 3)
    }

    private static func interval(_ interval: Reported<Interval>, _ decimals: Int) -> String {
        switch interval {
        case .value(let ends): " (\(fixed(ends.low, decimals))–\(fixed(ends.high, decimals)))"
        case .withheld(let reason): " (interval \(reason.text))"
        }
    }
}
