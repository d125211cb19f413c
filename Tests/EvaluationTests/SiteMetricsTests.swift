import CanonicalJSON
import Evaluation
import Testing

@Suite struct SiteMetricsTests {
    private let request = MetricsRequest(threshold: 0.5)

    /// Exams with tp, fn, fp, tn calls at 0.5, positives in volumes that cycle through `volumes`.
    private func exams(
        tp: Int,
        fn: Int,
        fp: Int,
        tn: Int,
        volumes: [Double?] = [12]
    ) -> [ExamResult] {
        func made(_ count: Int, _ score: Double, _ label: Bool) -> [ExamResult] {
            (0..<count).map { index in
                ExamResult(
                    score: score + Double(index) * 1e-4,
                    label: label,
                    volumeML: label ? volumes[index % volumes.count] : nil,
                    types: label ? ["subdural"] : []
                )
            }
        }
        return made(tp, 0.8, true) + made(fn, 0.2, true) + made(fp, 0.6, false)
            + made(tn, 0.1, false)
    }

    private func metrics(
        _ exams: [ExamResult],
        _ policy: DisclosurePolicy = .standard
    ) throws -> SiteMetrics {
        try SiteMetrics.compute(exams: exams, request: request, policy: policy)
    }

    @Test func `a large site reports everything with its interval`() throws {
        let site = try metrics(exams(tp: 78, fn: 8, fp: 21, tn: 759, volumes: [2, 12, 40]))
        #expect(site.counts.positives == .value(Count(86)))
        let point = try #require(site.operatingPoint.value)
        #expect(point.sensitivity.value?.estimate == 0.907)
        #expect(point.sensitivity.value?.interval == Interval(low: 0.827, high: 0.952))
        #expect(point.falsePositiveShare.value?.numerator == Count(21))
        let auroc = try #require(site.auroc.value)
        #expect(auroc.interval.value != nil)
        #expect(auroc.estimate == (auroc.estimate * 10_000).rounded() / 10_000)
        #expect(site.averagePrecision.value?.prevalence == 0.099)
        #expect(site.byType.value?.map(\.label) == ["subdural"])
        #expect(site.dice == .withheld(.notEstimable, .noReferenceMasks))
    }

    @Test func `class sizes that one model shows protect no cell of the other`() throws {
        var policy = DisclosurePolicy.standard
        policy.minimumCell = 3
        policy.minimumPositives = 3
        policy.minimumNegatives = 3
        for hit in 0...8 {
            for alarm in 0...4 {
                let federated = try metrics(
                    exams(tp: hit, fn: 8 - hit, fp: alarm, tn: 112 - alarm),
                    policy
                )
                let local = try metrics(exams(tp: 0, fn: 8, fp: 0, tn: 112), policy)
                let shown = federated.beside(local)
                if federated.counts == local.counts {
                    #expect(shown == federated)
                } else {
                    #expect(shown.operatingPoint == .withheld(.protectsAnotherCell))
                    #expect(shown.volumeStrata == .withheld(.protectsAnotherCell))
                    #expect(shown.byType == .withheld(.protectsAnotherCell))
                    #expect(shown.auroc == federated.auroc)
                }
                #expect(local.beside(federated) == local)
            }
        }
    }

    @Test func `a rate with a small side is withheld with its interval, and a band stands in`()
        throws
    {
        let site = try metrics(exams(tp: 28, fn: 2, fp: 20, tn: 200))
        let point = try #require(site.operatingPoint.value)
        #expect(
            point.sensitivity
                == .withheld(Withheld(.smallCell, band: Interval(low: 0.8, high: 1)))
        )
        #expect(point.specificity.value?.estimate == 0.909)
        // The false positives are shown: the alerts would give the true positives back.
        #expect(point.positivePredictiveValue.value == nil)
        #expect(point.negativePredictiveValue.value == nil)
        #expect(site.counts.positives.value == Count(30))
        #expect(site.auroc.value != nil)
    }

    @Test func `strata do not give a hidden miss back`() throws {
        // 2 misses in all, hidden; strata without misses are shown only if none follows from them.
        let site = try metrics(
            exams(tp: 60, fn: 2, fp: 20, tn: 200, volumes: [0.05, 2, 12, 40, nil])
        )
        let strata = try #require(site.volumeStrata.value)
        #expect(strata.count == 5)
        let shown = strata.compactMap { stratum in
            stratum.total.value.flatMap { total in
                stratum.detected.value.map { (total.exact ?? 0) - ($0.exact ?? 0) }
            }
        }
        #expect(shown.allSatisfy { $0 == 0 || $0 >= 5 })
        #expect(strata.count - shown.count >= 2)
    }

    @Test func `one class only says why there is no AUROC`() throws {
        let positives = try metrics(exams(tp: 20, fn: 6, fp: 0, tn: 0))
        #expect(
            positives.auroc.withheld?.text
                == "not estimable (one class only: no negative cases)"
        )
        #expect(positives.operatingPoint.value?.specificity == .withheld(.noCases))
        #expect(positives.counts.missingClass == .noNegativeCases)
        let negatives = try metrics(exams(tp: 0, fn: 0, fp: 6, tn: 20))
        #expect(
            negatives.auroc.withheld?.text
                == "not estimable (one class only: no positive cases)"
        )
        let none = try metrics([])
        #expect(none.auroc == .withheld(.noCases))
        #expect(none.tiles == .withheld(.notEstimable, .noReferenceMasks))
    }

    @Test func `what plan or site does not release stays`() throws {
        var policy = DisclosurePolicy.standard
        policy.allowed = [.dice]
        let site = try metrics(exams(tp: 20, fn: 20, fp: 20, tn: 20), policy)
        #expect(site.auroc == .withheld(.sitePolicy, .notAllowed))
        #expect(site.counts.exams == .withheld(.sitePolicy, .notAllowed))
        #expect(site.operatingPoint.value == nil)
        #expect(site.byType.value == nil)
        let asked = MetricsRequest(allowed: [.examAUROC], threshold: 0.5)
        let other = try SiteMetrics.compute(
            exams: exams(tp: 20, fn: 20, fp: 20, tn: 20),
            request: asked,
            policy: .standard
        )
        #expect(other.auroc.value != nil)
        #expect(other.averagePrecision.value?.prevalence == nil)
        #expect(other.tiles == .withheld(.sitePolicy, .notAllowed))
    }

    @Test func `Dice is over exams with a lesion, empty ones are counted apart`() throws {
        func exam(_ reference: [Bool], _ prediction: [Bool]) -> ExamResult {
            var overlap = MaskOverlap()
            overlap.add(reference: reference, prediction: prediction, voxelVolumeML: 1)
            return ExamResult(score: 0.5, label: nil, overlap: overlap)
        }
        let hit = exam([true, true], [true, true])
        let half = exam([true, true], [true, false])
        let miss = exam([true, false], [false, false])
        let alarm = exam([false, false], [true, false])
        let clear = exam([false, false], [false, false])
        let site = try metrics([hit, half, miss, alarm, clear], .publicData)
        let dice = try #require(site.dice.value)
        #expect(dice.cases == Count(3))
        #expect(dice.median == 0.6667)
        #expect(dice.mean == 0.5556)
        #expect(dice.pooled == 0.75)
        #expect(dice.quartiles == Interval(low: 0.3333, high: 0.8333))
        #expect(dice.falseAlarms == .value(Count(1)))
        #expect(dice.trueNegatives == .value(Count(1)))
        #expect(try metrics([hit, half, miss]).dice == .withheld(.smallCell, .fewCases))
        #expect(
            try metrics([alarm, clear]).dice == .withheld(.notEstimable, .noPositiveCases)
        )
    }

    @Test func `tile AUROC takes exams as its units of uncertainty`() throws {
        func exam(_ positives: [Double], _ negatives: [Double]) -> ExamResult {
            var tiles = TileScoring().emptyHistogram()
            for score in positives { tiles.add(score, isPositive: true) }
            for score in negatives { tiles.add(score, isPositive: false) }
            return ExamResult(score: 0.5, label: true, tiles: tiles)
        }
        let exams = (0..<6).map { index in
            exam([0.9, 0.3 + 0.1 * Double(index)], [0.1, 0.35, 0.55 - 0.05 * Double(index)])
        }
        let tiles = try #require(try metrics(exams).tiles.value)
        #expect(tiles.positiveTiles == Count(12))
        #expect(tiles.exams == Count(6))
        let interval = try #require(tiles.interval.value)
        #expect(interval.low < tiles.estimate && tiles.estimate < interval.high)
        #expect(tiles.bounds.low <= tiles.estimate && tiles.estimate <= tiles.bounds.high)
        // Doubling every tile changes no interval, because no exam was added.
        let doubled = try #require(
            try metrics(
                exams.map { exam in
                    var twice = exam
                    if let tiles = exam.tiles { twice.tiles?.add(tiles) }
                    return twice
                }
            ).tiles.value
        )
        #expect(doubled.interval == tiles.interval)
        #expect(try metrics(Array(exams.prefix(4))).tiles == .withheld(.smallCell, .fewCases))
        let negative = exam([], [0.1, 0.2])
        #expect(
            try metrics(Array(repeating: negative, count: 6)).tiles
                == .withheld(.notEstimable, .noPositiveCases)
        )
    }

    @Test func `the paired difference is gated like the AUROC and needs the same exams`() throws {
        let local = exams(tp: 15, fn: 15, fp: 20, tn: 40)
        let federated = local.enumerated().map { index, exam in
            var better = exam
            better.score += exam.label == true ? 0.3 * Double(index % 3) : 0
            return better
        }
        let difference = try #require(
            try DifferenceEstimate.compute(
                federated: federated,
                localOnly: local,
                request: request,
                policy: .standard
            ).value
        )
        #expect(difference.estimate > 0)
        let interval = try #require(difference.interval.value)
        #expect(interval.low < difference.estimate && difference.estimate < interval.high)
        #expect(difference.smallestDetectable != nil)
        let same = try DifferenceEstimate.compute(
            federated: local,
            localOnly: local,
            request: request,
            policy: .standard
        )
        #expect(same.value?.estimate == 0)
        #expect(same.value?.interval == .withheld(.notEstimable, .zeroVariance))
        #expect(throws: EvaluationError.self) {
            try DifferenceEstimate.compute(
                federated: federated.reversed(),
                localOnly: local,
                request: request,
                policy: .standard
            )
        }
        let few = exams(tp: 4, fn: 4, fp: 20, tn: 40)
        #expect(
            try DifferenceEstimate.compute(
                federated: few,
                localOnly: few,
                request: request,
                policy: .standard
            )
                == .withheld(.smallCell, .fewPositives)
        )
    }

    @Test func `a score that is not a number is an error and not a rank`() {
        #expect(throws: EvaluationError.self) {
            try metrics([ExamResult(score: .nan, label: true)])
        }
    }

    @Test func `nothing that leaves holds a score or a placement`() throws {
        let site = try metrics(exams(tp: 30, fn: 10, fp: 10, tn: 30))
        let bytes = try CanonicalEncoder().encode(site)
        let text = String(decoding: bytes, as: UTF8.self)
        for score in ["0.8005", "0.2003", "0.6002", "0.1007"] { #expect(!text.contains(score)) }
        #expect(try CanonicalDecoder().decode(SiteMetrics.self, from: bytes) == site)
        #expect(bytes.count < 8000)
    }

    @Test func `counts of every table pass through, whatever the cells`() throws {
        // Any combination must give a value or a state: no crash, no rate with a small side.
        for tp in [0, 1, 4, 5, 9, 40] {
            for fn in [0, 1, 4, 5, 40] {
                for fp in [0, 3, 30] {
                    let site = try metrics(
                        exams(tp: tp, fn: fn, fp: fp, tn: 60, volumes: [0.05, 12, nil])
                    )
                    let point = try #require(site.operatingPoint.value)
                    let hasSmallSide = (1..<5).contains(tp) || (1..<5).contains(fn)
                    if hasSmallSide { #expect(point.sensitivity.value == nil) }
                    if (1..<5).contains(fp) { #expect(point.specificity.value == nil) }
                    for stratum in site.volumeStrata.value ?? [] {
                        if let total = stratum.total.value?.exact {
                            #expect(total == 0 || total >= 5)
                        }
                    }
                }
            }
        }
    }
}
