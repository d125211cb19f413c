import CanonicalJSON
import Evaluation

/// Intervals of proportions, 2×2 tables, published operating points, trend over strata.
enum ProportionKinds {
    static let all = [
        VectorKind(name: "proportion_ci", compute: proportion),
        VectorKind(name: "published_anchors", compute: anchor),
        VectorKind(name: "confusion_metrics", compute: confusion),
        VectorKind(name: "volume_strata_trend", compute: trend),
    ]

    private static func trials(_ input: CaseReader) throws -> (x: Int, n: Int) {
        let (x, n) = (try input.member("x").count(), try input.member("n").count())
        guard x <= n else { throw CaseProblem("input.x is above input.n") }
        return (x, n)
    }

    private static func proportion(_ item: JSONValue) throws -> JSONValue {
        let (x, n) = try trials(CaseReader(item["input"], "input"))
        let levels = try CaseReader(item["expected"], "expected").member("intervals").elements()
        return [
            "estimate": .figure(n > 0 ? Double(x) / Double(n) : nil),
            "intervals": .array(
                try levels.map { entry in
                    let level = try checked(entry.member("level").number())
                    return intervals(x, n, level)
                }
            ),
        ]
    }

    private static func checked(_ level: Double) throws -> Double {
        guard level > 0, level < 1 else { throw CaseProblem("a level is not between 0 and 1") }
        return level
    }

    private static func intervals(_ x: Int, _ n: Int, _ level: Double) -> JSONValue {
        let method = { (interval: (Int, Int, Double) -> Interval?) in
            JSONValue.figure(interval(x, n, level))
        }
        return [
            "level": .number(level),
            "wilson": method(ProportionInterval.wilson),
            "wilson_continuity_corrected": method(ProportionInterval.wilsonContinuityCorrected),
            "clopper_pearson": method(ProportionInterval.clopperPearson),
            "agresti_coull_clipped": method(ProportionInterval.agrestiCoull),
            "jeffreys_statsmodels": method(ProportionInterval.jeffreys),
        ]
    }

    private static func anchor(_ item: JSONValue) throws -> JSONValue {
        let input = try CaseReader(item["input"], "input")
        let (x, n) = try trials(input)
        let level = try checked(input.member("level").number())
        let exact = ProportionInterval.clopperPearson(successes: x, trials: n, level: level)
        let wilson = ProportionInterval.wilson(successes: x, trials: n, level: level)
        let named = item["input"]?["method"]?.stringValue == "wilson" ? wilson : exact
        let rounded = { (value: Double?) in value.map { ($0 * 1e4).rounded() / 1e4 } }
        return [
            "estimate": .figure(n > 0 ? Double(x) / Double(n) : nil),
            "low": .figure(named?.low), "high": .figure(named?.high),
            "low_4dp": .figure(rounded(named?.low)), "high_4dp": .figure(rounded(named?.high)),
            "wilson": .figure(wilson), "clopper_pearson": .figure(exact),
        ]
    }

    private static func confusion(_ item: JSONValue) throws -> JSONValue {
        let input = try CaseReader(item["input"], "input")
        let table = ConfusionMatrix(
            truePositives: try input.member("tp").count(),
            falsePositives: try input.member("fp").count(),
            falseNegatives: try input.member("fn").count(),
            trueNegatives: try input.member("tn").count()
        )
        return [
            "n": .figure(table.total), "prevalence": .figure(table.prevalence),
            "sensitivity": .figure(table.sensitivity), "specificity": .figure(table.specificity),
            "ppv": .figure(table.positivePredictiveValue),
            "npv": .figure(table.negativePredictiveValue), "accuracy": .figure(table.accuracy),
            "balanced_accuracy": .figure(table.balancedAccuracy), "f1": .figure(table.f1),
            "youden_j": .figure(table.youdenJ),
            "lr_positive": .figure(table.positiveLikelihoodRatio),
            "lr_negative": .figure(table.negativeLikelihoodRatio),
            "false_positives_per_100_scans": .figure(table.falsePositivesPer100),
            "alerts_per_100_scans": .figure(table.alertsPer100),
            "mcc": .figure(table.matthewsCorrelation), "cohen_kappa": .figure(table.cohenKappa),
            "diagnostic_odds_ratio": .figure(table.diagnosticOddsRatio),
            "epiR_ci95": confusionIntervals(table),
        ]
    }

    private static func confusionIntervals(_ table: ConfusionMatrix) -> JSONValue {
        let exact = { (x: Int, n: Int) in
            JSONValue.figure(ProportionInterval.clopperPearson(successes: x, trials: n))
        }
        return [
            "sensitivity_exact": exact(table.truePositives, table.positives),
            "specificity_exact": exact(table.trueNegatives, table.negatives),
            "ppv_exact": exact(table.truePositives, table.alerts),
            "npv_exact": exact(table.trueNegatives, table.total - table.alerts),
            "lr_positive": .figure(table.positiveLikelihoodRatioInterval()),
            "lr_negative": .figure(table.negativeLikelihoodRatioInterval()),
            "diagnostic_odds_ratio": .figure(table.diagnosticOddsRatioInterval()),
        ]
    }

    private static func trend(_ item: JSONValue) throws -> JSONValue {
        let input = try CaseReader(item["input"], "input")
        let detected = try input.member("detected").elements().map { try $0.count() }
        let totals = try input.member("n").elements().map { try $0.count() }
        let scores = try input.member("stratum_score").numbers()
        guard detected.count == totals.count, totals.count == scores.count,
            zip(detected, totals).allSatisfy({ $0 <= $1 })
        else { throw CaseProblem("the lists of strata do not fit together") }
        let test = TrendTest(successes: detected, trials: totals, scores: scores)
        return [
            "chi2_trend": .figure(test?.chiSquare), "df": 1, "p": .figure(test?.pValue),
            "per_stratum": .array(
                zip(detected, totals).map { x, n in
                    [
                        "sensitivity": .figure(n > 0 ? Double(x) / Double(n) : nil),
                        "wilson95": .figure(
                            ProportionInterval.wilson(successes: x, trials: n)
                        ),
                        "clopper_pearson95": .figure(
                            ProportionInterval.clopperPearson(successes: x, trials: n)
                        ),
                    ]
                }
            ),
        ]
    }
}
