/// The 2×2 table of a site, its volume strata and its types, suppressed together.
///
/// The tables share cells: the strata sum to the true positives and to the misses. A stratum table
/// takes over which of these sums are shown and which are hidden as small. The 2×2 table leaves a
/// small sum its whole range, so it adds nothing to what a reader can subtract in the strata.
struct SiteTables {
    private typealias Cell = SuppressionTable.Cell

    private let policy: DisclosurePolicy
    private let confusion: SuppressionTable

    init(_ matrix: ConfusionMatrix, policy: DisclosurePolicy) {
        self.policy = policy
        var table = SuppressionTable(
            inner: [
                [matrix.truePositives, matrix.falseNegatives],
                [matrix.falsePositives, matrix.trueNegatives],
            ],
            policy: policy
        )
        // Readers need the class sizes most and the numbers of calls least.
        table.cost = { cell, value in
            switch (cell.row, cell.column) {
            case (2, 2): 1 << 20
            case (_, 2): 1 << 30
            case (2, _): 1
            default: value + 2
            }
        }
        if !table.suppress() { table.withholdAll() }
        confusion = table
    }

    // MARK: The 2×2 table

    var counts: ExamCounts {
        ExamCounts(
            exams: Self.count(confusion, 2, 2),
            positives: Self.count(confusion, 0, 2),
            negatives: Self.count(confusion, 1, 2)
        )
    }

    var sensitivity: Reported<RateEstimate> {
        Self.rate(confusion, part: (0, 0), rest: (0, 1), whole: (0, 2))
    }
    var specificity: Reported<RateEstimate> {
        Self.rate(confusion, part: (1, 1), rest: (1, 0), whole: (1, 2))
    }
    var positivePredictiveValue: Reported<RateEstimate> {
        Self.rate(confusion, part: (0, 0), rest: (1, 0), whole: (2, 0))
    }
    var negativePredictiveValue: Reported<RateEstimate> {
        Self.rate(confusion, part: (1, 1), rest: (0, 1), whole: (2, 1))
    }
    var falsePositiveShare: Reported<RateEstimate> {
        // Without negative exams there is nothing to raise a false alarm on.
        confusion.values[Cell(row: 1, column: 2)] == 0
            ? specificity : Self.rate(confusion, part: (1, 0), rest: nil, whole: (2, 2))
    }

    // MARK: Strata

    /// Suppresses strata of the positives; each row is (detected, missed).
    func strata(_ rows: [[Int]]) -> SuppressionTable {
        var table = SuppressionTable(inner: rows, policy: policy)
        let shared = (0...2).map { Cell(row: rows.count, column: $0) }
        table.fixed = Set(shared)
        for (column, cell) in shared.enumerated() {
            let origin = Cell(row: 0, column: column)
            guard let hiding = confusion.hidden[origin] else { continue }
            // Types overlap, so their sums differ from the shared ones and say less about them.
            let isSame = table.values[cell] == confusion.values[origin]
            table.hide(cell, as: isSame ? hiding : .unknown)
        }
        let isSafe = canShareSums && table.suppress()
        if !isSafe { table.withholdAll() }
        return table
    }

    /// Whether strata may stand beside the 2×2 table: the positives are shown, and detections are
    /// hidden, if at all, because one side of them is small, which each table protects by itself.
    ///
    /// Otherwise a sum would be hidden for the sake of another class, which strata cannot see.
    private var canShareSums: Bool {
        let hidden = (0...2).map { confusion.hidden[Cell(row: 0, column: $0)] }
        guard hidden[2] == nil else { return false }
        return hidden[0] == nil && hidden[1] == nil || hidden.contains(.small)
    }

    static func report(
        _ table: SuppressionTable,
        row: Int,
        label: String,
        from: Double? = nil,
        to: Double? = nil
    ) -> StratumReport {
        StratumReport(
            label: label,
            fromML: from,
            toML: to,
            total: count(table, row, 2),
            detected: count(table, row, 0),
            sensitivity: rate(table, part: (row, 0), rest: (row, 1), whole: (row, 2))
        )
    }

    // MARK: Reading a suppressed table

    private static func count(
        _ table: SuppressionTable,
        _ row: Int,
        _ column: Int
    ) -> Reported<Count> {
        let cell = Cell(row: row, column: column)
        if let hiding = table.hidden[cell] { return .withheld(state(of: [hiding])) }
        return .value(table.policy.banded(table.values[cell, default: 0]))
    }

    /// A rate is shown when every count that it gives back is shown.
    private static func rate(
        _ table: SuppressionTable,
        part: (Int, Int),
        rest: (Int, Int)?,
        whole: (Int, Int)
    ) -> Reported<RateEstimate> {
        let cells = [part, whole, rest ?? part].map { Cell(row: $0.0, column: $0.1) }
        let values = cells.map { table.values[$0, default: 0] }
        let hidden = cells.compactMap { table.hidden[$0] }
        guard hidden.isEmpty else {
            let isWholeShown = table.hidden[cells[1]] == nil
            let band =
                isWholeShown && rest != nil
                ? band(table, part: cells[0], rest: cells[2], whole: values[1]) : nil
            return .withheld(Withheld(state(of: hidden), band: band))
        }
        guard let estimate = RateEstimate(values[0], of: values[1], policy: table.policy) else {
            return .withheld(.noCases)
        }
        return .value(estimate)
    }

    /// Where exactly one side is known to be small, an end of [0, 1] no finer than that knowledge.
    private static func band(
        _ table: SuppressionTable,
        part: Cell,
        rest: Cell,
        whole: Int
    ) -> Interval? {
        let small = (table.hidden[part] == .small, table.hidden[rest] == .small)
        guard small.0 != small.1, whole > 0 else { return nil }
        let needed = Double(table.policy.minimumCell - 1) / Double(whole)
        guard let width = [0.05, 0.1, 0.2, 0.3, 0.5].first(where: { $0 >= needed }) else {
            return nil
        }
        return small.0 ? Interval(low: 0, high: width) : Interval(low: 1 - width, high: 1)
    }

    private static func state(of hidden: [SuppressionTable.Hiding]) -> WithheldState {
        hidden.contains(.small) ? .smallCell : .protectsAnotherCell
    }
}
