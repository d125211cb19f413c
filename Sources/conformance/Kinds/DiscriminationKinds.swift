import CanonicalJSON
import Evaluation

/// AUROC, paired DeLong, average precision, and AUROC from histograms.
enum DiscriminationKinds {
    static let all = [
        VectorKind(name: "auroc_delong") { try auroc(CaseReader($0["input"], "input")) },
        VectorKind(name: "delong_paired") { try paired(CaseReader($0["input"], "input")) },
        VectorKind(name: "average_precision") {
            try averagePrecision(CaseReader($0["input"], "input"))
        },
        VectorKind(name: "federated_histogram_auc") {
            try histograms(CaseReader($0["input"], "input"))
        },
    ]

    private static func auroc(_ input: CaseReader) throws -> JSONValue {
        let (scores, labels) = try input.scoredCases()
        let result = AUROC.delong(scores: scores, labels: labels)
        let hasBoth = result.estimate != nil
        return [
            "n_pos": .figure(result.positives), "n_neg": .figure(result.negatives),
            "auroc": .figure(result.estimate), "mann_whitney_u": .figure(result.mannWhitneyU),
            "delong_variance": .figure(result.variance),
            "delong_se": .figure(result.standardError),
            "ci95_wald_clipped": .figure(result.waldInterval()),
            "ci90_wald_clipped": .figure(result.waldInterval(level: 0.9)),
            "ci95_logit": .figure(result.logitInterval()),
            "hanley_mcneil_se": .figure(result.hanleyMcNeilStandardError),
            "degenerate_variance": result.variance == nil ? nil : .bool(result.isDegenerate),
            "v10_in_positive_input_order": hasBoth ? .figure(result.positivePlacements) : nil,
            "v01_in_negative_input_order": hasBoth ? .figure(result.negativePlacements) : nil,
            "roc_points": points(ROCCurve(scores: scores, labels: labels)),
        ]
    }

    private static func points(_ curve: ROCCurve?) -> JSONValue {
        guard let curve else { return nil }
        return .array(
            curve.points.map {
                [
                    "threshold": .figure($0.threshold), "fpr": .number($0.falsePositiveRate),
                    "tpr": .number($0.truePositiveRate),
                ]
            }
        )
    }

    private static func paired(_ input: CaseReader) throws -> JSONValue {
        let first = try input.scoredCases(scores: "score_a")
        let second = try input.scoredCases(scores: "score_b")
        let result = PairedAUROC(
            first: first.scores,
            second: second.scores,
            labels: first.labels
        )
        return [
            "auroc_a": .figure(result.first.estimate), "auroc_b": .figure(result.second.estimate),
            "variance_a": .figure(result.first.variance),
            "variance_b": .figure(result.second.variance),
            "covariance": .figure(result.covariance),
            "difference_a_minus_b": .figure(result.difference),
            "se_difference": .figure(result.standardError), "z": .figure(result.z),
            "p_two_sided": .figure(result.pValue), "ci95_difference": .figure(result.interval()),
        ]
    }

    private static func averagePrecision(_ input: CaseReader) throws -> JSONValue {
        let (scores, labels) = try input.scoredCases()
        let positives = labels.count { $0 }
        let estimate = AveragePrecision.estimate(scores: scores, labels: labels)
        return [
            "average_precision": .figure(estimate),
            "prevalence_baseline": .figure(
                labels.isEmpty ? nil : Double(positives) / Double(labels.count)
            ),
            "ci95_logit_binomial": .figure(
                estimate.flatMap { AveragePrecision.logitInterval($0, positives: positives) }
            ),
        ]
    }

    private static func histograms(_ input: CaseReader) throws -> JSONValue {
        let sites = try input.member("sites").elements().map { site in
            (try site.member("site").text(), try site.scoredCases(scores: "s"))
        }
        let all = AUROC.delong(
            scores: sites.flatMap(\.1.scores),
            labels: sites.flatMap(\.1.labels)
        )
        let own = sites.map { AUROC.delong(scores: $0.1.scores, labels: $0.1.labels) }
        let pairs = own.map { Double($0.positives) * Double($0.negatives) }.reduce(0, +)
        let ranked = own.compactMap(\.mannWhitneyU).reduce(0, +)
        return [
            "pooled_exact_auroc": .figure(all.estimate),
            "pooled_exact_delong_variance": .figure(all.variance),
            "within_site_stratified_auroc_pair_weighted": .figure(pairs > 0 ? ranked / pairs : nil),
            "per_site": .array(
                zip(sites, own).map { site, result in
                    [
                        "site": .string(site.0), "auroc": .figure(result.estimate),
                        "variance": .figure(result.variance),
                        "n_pos": .figure(result.positives), "n_neg": .figure(result.negatives),
                    ]
                }
            ),
            "histogram": .array(
                try input.member("bins").elements().map { bins in
                    try histogram(sites, bins: max(1, bins.count()), exact: all.estimate)
                }
            ),
        ]
    }

    private static func histogram(
        _ sites: [(String, (scores: [Double], labels: [Bool]))],
        bins: Int,
        exact: Double?
    ) throws -> JSONValue {
        var pooled = ScoreHistogram(bins: bins, scale: .linear)
        var own: [String: JSONValue] = [:]
        for (name, cases) in sites {
            var histogram = ScoreHistogram(bins: bins, scale: .linear)
            for (score, label) in zip(cases.scores, cases.labels) {
                histogram.add(score, isPositive: label)
            }
            pooled.add(histogram)
            own[name] = ["pos": .figure(histogram.positives), "neg": .figure(histogram.negatives)]
        }
        let bounds = pooled.aurocBounds
        let error = pooled.auroc.flatMap { middle in exact.map { middle - $0 } }
        return [
            "bins": .figure(bins), "auroc_midpoint": .figure(pooled.auroc),
            "lower_bound": .figure(bounds?.low), "upper_bound": .figure(bounds?.high),
            "half_width": .figure(bounds.map { ($0.high - $0.low) / 2 }),
            "error_vs_exact": .figure(error), "site_histograms": .object(own),
            "delong_variance_from_histogram": .figure(pooled.delongVariance),
        ]
    }
}
