import CanonicalJSON
import Evaluation
import Testing

@Suite struct DiscriminationTests {
    @Test func `AUROC, DeLong variance and intervals agree with pROC`() throws {
        let vectors = try Vectors("auroc_delong")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let expected = try #require(item["expected"])
            let scores = try input.doubles("score")
            let labels = try input.flags("y")
            let result = AUROC.delong(scores: scores, labels: labels)
            #expect(result.positives == (try expected.int("n_pos")))
            #expect(result.negatives == (try expected.int("n_neg")))
            #expect(vectors.agree(result.estimate, expected["auroc"]), "\(item.id)")
            #expect(vectors.agree(result.mannWhitneyU, expected["mann_whitney_u"]), "\(item.id)")
            #expect(vectors.agree(result.variance, expected["delong_variance"]), "\(item.id)")
            #expect(vectors.agree(result.standardError, expected["delong_se"]), "\(item.id)")
            #expect(vectors.agree(result.waldInterval(), expected["ci95_wald_clipped"]))
            #expect(
                vectors.agree(result.waldInterval(level: 0.9), expected["ci90_wald_clipped"])
            )
            #expect(vectors.agree(result.logitInterval(), expected["ci95_logit"]), "\(item.id)")
            #expect(
                vectors.agree(result.hanleyMcNeilStandardError, expected["hanley_mcneil_se"])
            )
            #expect(result.isDegenerate == expected["degenerate_variance"]?.boolValue)
            if expected["v10_in_positive_input_order"] != nil {
                #expect(
                    vectors.agree(
                        result.positivePlacements,
                        expected["v10_in_positive_input_order"]
                    )
                )
                #expect(
                    vectors.agree(
                        result.negativePlacements,
                        expected["v01_in_negative_input_order"]
                    )
                )
            }
            try check(ROCCurve(scores: scores, labels: labels), expected["roc_points"], vectors)
        }
        #expect(vectors.cases.count == 8)
    }

    private func check(_ curve: ROCCurve?, _ expected: JSONValue?, _ vectors: Vectors) throws {
        guard let expected else { return }
        let points = try #require(curve?.points)
        #expect(points.count == expected.arrayValue?.count)
        for (index, point) in points.enumerated() {
            #expect(vectors.agree(point.threshold, expected[index]?["threshold"]))
            #expect(vectors.agree(point.falsePositiveRate, expected[index]?["fpr"]))
            #expect(vectors.agree(point.truePositiveRate, expected[index]?["tpr"]))
        }
    }

    @Test func `the paired DeLong test agrees with pROC`() throws {
        let vectors = try Vectors("delong_paired")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let expected = try #require(item["expected"])
            let paired = PairedAUROC(
                first: try input.doubles("score_a"),
                second: try input.doubles("score_b"),
                labels: try input.flags("y")
            )
            #expect(vectors.agree(paired.first.estimate, expected["auroc_a"]))
            #expect(vectors.agree(paired.second.variance, expected["variance_b"]))
            #expect(vectors.agree(paired.covariance, expected["covariance"]))
            #expect(vectors.agree(paired.difference, expected["difference_a_minus_b"]))
            #expect(vectors.agree(paired.standardError, expected["se_difference"]))
            #expect(vectors.agree(paired.z, expected["z"]))
            #expect(vectors.agree(paired.pValue, expected["p_two_sided"]), "\(item.id)")
            #expect(vectors.agree(paired.interval(), expected["ci95_difference"]), "\(item.id)")
        }
    }

    @Test func `average precision agrees with scikit-learn`() throws {
        let vectors = try Vectors("average_precision")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let expected = try #require(item["expected"])
            let labels = try input.flags("y")
            let estimate = try #require(
                AveragePrecision.estimate(scores: try input.doubles("score"), labels: labels)
            )
            #expect(vectors.agree(estimate, expected["average_precision"]), "\(item.id)")
            let interval = AveragePrecision.logitInterval(
                estimate,
                positives: labels.count { $0 }
            )
            #expect(vectors.agree(interval, expected["ci95_logit_binomial"]), "\(item.id)")
        }
    }

    @Test func `one class only is not estimable and never a number`() {
        for label in [true, false] {
            let result = AUROC.delong(scores: [0.1, 0.9, 0.4], labels: [label, label, label])
            #expect(result.estimate == nil)
            #expect(result.variance == nil)
            #expect(result.logitInterval() == nil)
        }
        let tiny = AUROC.delong(scores: [0.2, 0.1, 0.3], labels: [true, false, false])
        #expect(tiny.estimate == 0.5)
        #expect(tiny.variance == nil)
        #expect(AveragePrecision.estimate(scores: [0.5], labels: [false]) == nil)
        #expect(ROCCurve(scores: [0.5], labels: [false]) == nil)
    }

    @Test func `a perfect AUROC has a conservative bound instead of an interval`() {
        let scores = (0..<40).map(Double.init)
        let result = AUROC.delong(scores: scores, labels: scores.map { $0 >= 30 })
        #expect(result.isDegenerate)
        #expect(result.logitInterval() == nil)
        let bound = result.perfectLowerBound() ?? 0
        #expect(abs(bound - 0.691502892181239) < 1e-9)
    }

    @Test func `models that rank alike have no test, whatever their scores`() {
        let labels = [true, false, true, false, true, false]
        let scores = [0.9, 0.2, 0.4, 0.5, 0.7, 0.1]
        let paired = PairedAUROC(first: scores, second: scores.map { $0 * $0 }, labels: labels)
        #expect(paired.difference == 0)
        #expect(paired.standardError == 0)
        #expect(paired.z == nil)
        #expect(paired.interval() == nil)
        #expect(paired.smallestDetectable == nil)
    }

    @Test func `histograms bound the pooled AUROC and add up over sites`() throws {
        let vectors = try Vectors("federated_histogram_auc")
        let item = try #require(vectors.cases.first)
        let sites = try #require(item["input"]?["sites"]?.arrayValue)
        for expected in try #require(item["expected"]?["histogram"]?.arrayValue) {
            var pooled = ScoreHistogram(bins: try expected.int("bins"), scale: .linear)
            for site in sites {
                var own = ScoreHistogram(bins: try expected.int("bins"), scale: .linear)
                for (score, label) in zip(try site.doubles("s"), try site.flags("y")) {
                    own.add(score, isPositive: label)
                }
                pooled.add(own)
            }
            #expect(vectors.agree(pooled.auroc, expected["auroc_midpoint"]))
            #expect(vectors.agree(pooled.aurocBounds?.low, expected["lower_bound"]))
            #expect(vectors.agree(pooled.aurocBounds?.high, expected["upper_bound"]))
            #expect(
                vectors.agree(
                    pooled.delongVariance,
                    expected["delong_variance_from_histogram"]
                )
            )
        }
    }

    @Test func `logit bins keep saturated scores apart`() {
        var linear = ScoreHistogram(bins: 1024, scale: .linear)
        var logit = ScoreHistogram(bins: 1024, scale: .logit)
        for (score, label) in [(1e-6, false), (1e-5, true), (0, false), (1, true)] {
            linear.add(score, isPositive: label)
            logit.add(score, isPositive: label)
        }
        #expect(logit.auroc == 1)
        #expect((linear.auroc ?? 1) < 1)
    }
}
