import Evaluation
import Testing

/// Reads a site's report like a curious partner: tries every table that fits what was published.
@Suite struct LinkedTablesTests {
    private static let minimumCell = 3
    private static let limit = 7
    /// The largest cell of a true table, so that the tables tried go well beyond it.
    private static let largest = 4

    /// TP and FN of two volume strata, then FP and TN.
    private struct Table: Hashable {
        var cells: [Int]

        /// The counts a report may show: strata, then the 2×2 table with its margins.
        var quantities: [Int] {
            let c = cells
            let tp = c[0] + c[2]
            let fn = c[1] + c[3]
            return [
                c[0], c[0] + c[1], c[2], c[2] + c[3], tp, fn, tp + fn, c[4], c[5], c[4] + c[5],
                tp + fn + c[4] + c[5], c[1], c[3],
            ]
        }

        var exams: [ExamResult] {
            func made(_ count: Int, _ score: Double, _ volume: Double?) -> [ExamResult] {
                Array(
                    repeating: ExamResult(score: score, label: volume != nil, volumeML: volume),
                    count: count
                )
            }
            return made(cells[0], 0.9, 2) + made(cells[1], 0.1, 2) + made(cells[2], 0.9, 12)
                + made(cells[3], 0.1, 12) + made(cells[4], 0.9, nil) + made(cells[5], 0.1, nil)
        }
    }

    /// What a report says of each quantity: nil says nothing.
    private func knowledge(_ site: SiteMetrics) throws -> [(Int) -> Bool] {
        let k = Self.minimumCell
        func counted(_ count: Reported<Count>, hidesAll: Bool = false) -> (Int) -> Bool {
            switch count {
            case .value(let value): { $0 == value.exact }
            case .withheld(let reason) where reason.state == .smallCell: { $0 > 0 && $0 < k }
            case .withheld: { hidesAll || $0 >= k }
            }
        }
        func known(_ value: Int?) -> (Int) -> Bool { { value == nil || $0 == value } }
        let strata = try #require(site.volumeStrata.value)
        let hidesAll = strata.allSatisfy { $0.total.withheld?.state == .protectsAnotherCell }
        let totals = [site.counts.exams, site.counts.positives, site.counts.negatives]
        let hidesCounts = totals.allSatisfy { $0.withheld?.state == .protectsAnotherCell }
        let rows = [strata[1], strata[2]]
        let point = try #require(site.operatingPoint.value)
        let hits = point.sensitivity.value?.numerator.exact
        let positives = point.sensitivity.value?.denominator.exact
        let clear = point.specificity.value?.numerator.exact
        let negatives = point.specificity.value?.denominator.exact
        let band = point.sensitivity.withheld?.band
        let small = { (count: Int) in count > 0 && count < k }
        return rows.flatMap {
            [counted($0.detected, hidesAll: hidesAll), counted($0.total, hidesAll: hidesAll)]
        } + [
            band?.low == 0 ? small : known(hits),
            band?.high == 1 ? small : known(hits.flatMap { a in positives.map { $0 - a } }),
            counted(site.counts.positives, hidesAll: hidesCounts),
            known(clear.flatMap { a in negatives.map { $0 - a } }), known(clear),
            counted(site.counts.negatives, hidesAll: hidesCounts),
            counted(site.counts.exams, hidesAll: hidesCounts),
        ]
    }

    @Test func `no small count follows from strata, rates and totals together`() throws {
        var policy = DisclosurePolicy()
        policy.minimumCell = Self.minimumCell
        let request = MetricsRequest(threshold: 0.5)
        let all = everyTable(through: Self.limit)
        let truths = everyTable(through: Self.largest)
        var state: UInt64 = 11
        for _ in 0..<60 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let truth = truths[Int((state >> 33) % UInt64(truths.count))]
            let site = try SiteMetrics.compute(
                exams: truth.exams,
                request: request,
                policy: policy
            )
            let knowledge = try knowledge(site)
            var possible = [Set<Int>](repeating: [], count: truth.quantities.count)
            for table in all {
                let quantities = table.quantities
                guard zip(knowledge, quantities).allSatisfy({ $0($1) }) else { continue }
                for (index, value) in quantities.enumerated() { possible[index].insert(value) }
            }
            for (index, value) in truth.quantities.enumerated() {
                #expect(possible[index].contains(value), "\(truth.cells), \(index)")
                guard value > 0, value < Self.minimumCell else { continue }
                #expect(possible[index].count >= 2, "\(truth.cells), quantity \(index)")
            }
        }
    }

    private func everyTable(through limit: Int) -> [Table] {
        var tables = [Table(cells: [])]
        for _ in 0..<6 {
            tables = tables.flatMap { table in
                (0...limit).map { Table(cells: table.cells + [$0]) }
            }
        }
        return tables
    }
}
