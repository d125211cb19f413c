import CanonicalJSON
import Evaluation
import Testing

@Suite struct ProportionTests {
    @Test func `all five intervals agree with R, scipy and statsmodels`() throws {
        let vectors = try Vectors("proportion_ci")
        for item in vectors.cases {
            let x = try #require(item["input"]).int("x")
            let n = try #require(item["input"]).int("n")
            for expected in try #require(item["expected"]?["intervals"]?.arrayValue) {
                let level = try #require(expected["level"]?.doubleValue)
                let methods: [(String, (Int, Int, Double) -> Interval?)] = [
                    ("wilson", ProportionInterval.wilson),
                    ("wilson_continuity_corrected", ProportionInterval.wilsonContinuityCorrected),
                    ("clopper_pearson", ProportionInterval.clopperPearson),
                    ("agresti_coull_clipped", ProportionInterval.agrestiCoull),
                    ("jeffreys_statsmodels", ProportionInterval.jeffreys),
                ]
                for (name, method) in methods {
                    #expect(
                        vectors.agree(method(x, n, level), expected[name]),
                        "\(item.id) \(name) at \(level)"
                    )
                }
            }
        }
        #expect(ProportionInterval.wilson(successes: 0, trials: 0) == nil)
        #expect(ProportionInterval.clopperPearson(successes: 0, trials: 0) == nil)
    }

    @Test func `published operating points are reproduced`() throws {
        let vectors = try Vectors("published_anchors")
        for item in vectors.cases {
            let x = try #require(item["input"]).int("x")
            let n = try #require(item["input"]).int("n")
            let expected = try #require(item["expected"])
            let exact = ProportionInterval.clopperPearson(successes: x, trials: n)
            if expected["low"] != nil {
                #expect(vectors.agree(exact?.low, expected["low"]), "\(item.id)")
                #expect(vectors.agree(exact?.high, expected["high"]), "\(item.id)")
            } else {
                #expect(vectors.agree(exact, expected["clopper_pearson"]), "\(item.id)")
                #expect(
                    vectors.agree(
                        ProportionInterval.wilson(successes: x, trials: n),
                        expected["wilson"]
                    )
                )
            }
        }
    }

    @Test func `metrics of one threshold agree with epiR and scikit-learn`() throws {
        let vectors = try Vectors("confusion_metrics")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let expected = try #require(item["expected"])
            let table = ConfusionMatrix(
                truePositives: try input.int("tp"),
                falsePositives: try input.int("fp"),
                falseNegatives: try input.int("fn"),
                trueNegatives: try input.int("tn")
            )
            let values: [(String, Double?)] = [
                ("prevalence", table.prevalence), ("sensitivity", table.sensitivity),
                ("specificity", table.specificity), ("ppv", table.positivePredictiveValue),
                ("npv", table.negativePredictiveValue), ("accuracy", table.accuracy),
                ("balanced_accuracy", table.balancedAccuracy), ("f1", table.f1),
                ("youden_j", table.youdenJ), ("lr_positive", table.positiveLikelihoodRatio),
                ("lr_negative", table.negativeLikelihoodRatio),
                ("false_positives_per_100_scans", table.falsePositivesPer100),
                ("alerts_per_100_scans", table.alertsPer100), ("mcc", table.matthewsCorrelation),
                ("cohen_kappa", table.cohenKappa),
                ("diagnostic_odds_ratio", table.diagnosticOddsRatio),
            ]
            for (name, value) in values {
                #expect(vectors.agree(value, expected[name]), "\(item.id) \(name)")
            }
            guard let intervals = expected["epiR_ci95"] else { continue }
            #expect(
                vectors.agree(table.positiveLikelihoodRatioInterval(), intervals["lr_positive"])
            )
            #expect(
                vectors.agree(table.negativeLikelihoodRatioInterval(), intervals["lr_negative"])
            )
            #expect(
                vectors.agree(
                    table.diagnosticOddsRatioInterval(),
                    intervals["diagnostic_odds_ratio"]
                )
            )
        }
    }

    @Test func `a score on the threshold is positive`() {
        let table = ConfusionMatrix(
            scores: [0.5, 0.5, 0.49, 0.51],
            labels: [true, false, true, false],
            threshold: 0.5
        )
        #expect(
            table
                == ConfusionMatrix(
                    truePositives: 1,
                    falsePositives: 2,
                    falseNegatives: 1,
                    trueNegatives: 0
                )
        )
    }

    @Test func `normal quantiles and probabilities invert each other`() {
        #expect(abs(NormalDistribution.critical(level: 0.95) - 1.959963984540054) < 1e-14)
        #expect(abs(NormalDistribution.quantile(1e-12) + 7.034483825301131) < 1e-11)
        for p in [1e-300, 1e-9, 0.01, 0.3, 0.5, 0.7, 0.999] {
            let back = NormalDistribution.cumulative(NormalDistribution.quantile(p))
            #expect(abs(back - p) <= 1e-11 * p, "\(p)")
        }
    }

    @Test func `the trend over volume strata agrees with R`() throws {
        let vectors = try Vectors("volume_strata_trend")
        for item in vectors.cases {
            let input = try #require(item["input"])
            let trend = TrendTest(
                successes: try input.doubles("detected").map { Int($0) },
                trials: try input.doubles("n").map { Int($0) },
                scores: try input.doubles("stratum_score")
            )
            #expect(vectors.agree(trend?.chiSquare, item["expected"]?["chi2_trend"]))
            #expect(vectors.agree(trend?.pValue, item["expected"]?["p"]))
        }
    }
}
