import CanonicalJSON
import Federation

/// Rules that combine the updates of sites, on whole vectors in Float64.
enum AggregationKinds {
    static let all = [
        VectorKind(name: "fedavg_weighted", compute: fedavg, expected: expectedMembers),
        VectorKind(name: "coordinate_median", compute: median, expected: expectedMembers),
        VectorKind(
            name: "weighted_median_lower",
            compute: weightedMedian,
            expected: expectedMembers
        ),
        VectorKind(name: "trimmed_mean", compute: trimmedMean, expected: expectedMembers),
        VectorKind(name: "krum", compute: krum, expected: wholeCase),
        VectorKind(name: "bulyan", compute: bulyan, expected: wholeCase),
        VectorKind(name: "geometric_median", compute: geometricMedian, expected: expectedMembers),
        VectorKind(name: "rfa_smoothed_weiszfeld", compute: weiszfeld, expected: wholeCase),
        VectorKind(name: "norm_clipped_mean", compute: normClippedMean, expected: wholeCase),
        VectorKind(name: "server_optimizers", compute: optimizers, expected: wholeCase),
        VectorKind(name: "fednova", compute: fednova, expected: wholeCase),
        VectorKind(name: "fedprox", compute: fedprox, expected: wholeCase),
        VectorKind(name: "scaffold", compute: scaffold, expected: expectedMembers),
        VectorKind(name: "hostile_updates", compute: hostile, expected: wholeCase),
    ]

    private static func expectedMembers(_ item: JSONValue) throws -> JSONValue {
        let members = (item.objectValue ?? [:]).filter { $0.key.hasPrefix("expected") }
        guard !members.isEmpty else { throw CaseProblem("has no member expected") }
        return .object(members)
    }

    /// All members but the inputs, so that scores and selections are compared too.
    private static func wholeCase(_ item: JSONValue) throws -> JSONValue {
        var members = (item.objectValue ?? [:]).filter { !inputs.contains($0.key) }
        // A sentence for people, except where it is all the case expects.
        if members.count > 1 { members["expectation"] = nil }
        return .object(members)
    }

    private static let inputs: Set<String> = [
        "updates", "weights", "f", "nu", "iterations", "clip", "optimizer", "x0", "eta", "beta1",
        "beta2", "beta", "tau", "x", "client_models", "local_steps", "momentum", "num_samples",
        "global_model", "mu", "local_model", "task_gradient", "quadratic_h", "quadratic_b", "lr",
        "good_updates", "bad_update", "attack", "cap", "bad_weights",
    ]

    /// The accumulator of `FedAvg`, fed update by update in the order given.
    private static func fedavg(_ item: JSONValue) throws -> JSONValue {
        let (updates, weights) = try weighted(item)
        return [
            "expected": .figure(try mean(updates, weights)),
            "expected_uniform": .figure(try mean(updates, weights.map { _ in 1 })),
        ]
    }

    static func mean(_ updates: [[Double]], _ weights: [Double]) throws -> [Double] {
        var mean = WeightedMean(count: updates.first?.count ?? 0)
        for (update, weight) in zip(updates, weights) { mean.add(update, weight: weight) }
        guard let result = mean.mean else { throw CaseProblem("the weights sum to 0") }
        return result
    }

    static func updates(_ item: JSONValue, _ key: String = "updates") throws -> [[Double]] {
        let rows = try CaseReader(item, "case").member(key).elements().map { try $0.numbers() }
        guard let first = rows.first, rows.allSatisfy({ $0.count == first.count }) else {
            throw CaseProblem("\(key) are not vectors of equal length")
        }
        return rows
    }

    static func weighted(_ item: JSONValue) throws -> ([[Double]], [Double]) {
        let rows = try updates(item)
        let weights = try CaseReader(item, "case").member("weights").numbers()
        guard rows.count == weights.count, weights.allSatisfy({ $0 >= 0 }) else {
            throw CaseProblem("updates and weights do not fit together")
        }
        return (rows, weights)
    }

    private static func median(_ item: JSONValue) throws -> JSONValue {
        ["expected": .figure(try median(UpdateBlock(updates(item))))]
    }

    static func median(_ block: UpdateBlock) throws -> [Double] {
        var step = [Double](repeating: 0, count: block.width)
        CoordinateMedian().combine(block, weights: [], into: &step)
        return step
    }

    private static func weightedMedian(_ item: JSONValue) throws -> JSONValue {
        let (rows, weights) = try weighted(item)
        let block = UpdateBlock(rows)
        var step = [Double](repeating: 0, count: block.width)
        CoordinateMedian(isWeighted: true).combine(block, weights: weights, into: &step)
        return ["expected_lower_weighted_median": .figure(step)]
    }

    private static func trimmedMean(_ item: JSONValue) throws -> JSONValue {
        let trim = try CaseReader(item, "case").member("trim_each_side").count()
        let block = UpdateBlock(try updates(item))
        guard block.rows > 2 * trim else { throw CaseProblem("nothing is left after trimming") }
        return ["expected": .figure(trimmedMean(block, trim))]
    }

    static func trimmedMean(_ block: UpdateBlock, _ trim: Int) -> [Double] {
        var step = [Double](repeating: 0, count: block.width)
        TrimmedMean(trimEachSide: trim).combine(block, into: &step)
        return step
    }

    private static func krum(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let block = UpdateBlock(try updates(item))
        let (hostile, distances) = (try root.member("f").count(), PairwiseDistances(block))
        let rule = Krum(byzantineSites: hostile)
        let multi = try root.member("multi").elements().map { entry -> JSONValue in
            let kept = try entry.member("m").count()
            let rule = Krum(byzantineSites: hostile, kept: max(1, kept))
            return [
                "m": .figure(kept), "selected": .figure(rule.selected(distances)),
                "expected": .figure(rule.combine(block)),
            ]
        }
        return [
            "scores": .figure(rule.scores(distances)),
            "selected": .figure(rule.selected(distances)[0]),
            "expected": .figure(rule.combine(block)), "multi": .array(multi),
        ]
    }

    private static func bulyan(_ item: JSONValue) throws -> JSONValue {
        let block = UpdateBlock(try updates(item))
        let rule = Bulyan(byzantineSites: try CaseReader(item, "case").member("f").count())
        guard block.rows >= 4 * rule.byzantineSites + 3 else {
            throw CaseProblem("too few updates")
        }
        let selected = rule.selected(PairwiseDistances(block))
        var step = [Double](repeating: 0, count: block.width)
        rule.combine(block, selected: selected, into: &step)
        return ["selected_in_order": .figure(selected), "expected": .figure(step)]
    }

    private static func geometricMedian(_ item: JSONValue) throws -> JSONValue {
        let (rows, weights) = try weighted(item)
        let step = GeometricMedian(iterationsMax: 2000).combine(UpdateBlock(rows), weights: weights)
        return ["expected": .figure(step)]
    }

    private static func weiszfeld(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let (rows, weights) = try weighted(item)
        let rule = GeometricMedian(
            iterationsMax: max(1, try root.member("iterations").count()),
            smoothing: try root.member("nu").number()
        )
        let shares = rule.shares(PairwiseDistances(UpdateBlock(rows)), weights: weights)
        let trace = try shares.map { try mean(rows, $0) }
        return [
            "trace": .array(trace.map(JSONValue.figure)), "expected": .figure(trace.last ?? []),
        ]
    }

    private static func normClippedMean(_ item: JSONValue) throws -> JSONValue {
        let (rows, weights) = try weighted(item)
        let rule = NormClippedMean(
            clipNorm: try CaseReader(item, "case").member("clip").number()
        )
        let norms = rows.map { row in row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
        return [
            "norms": .figure(norms), "factors": .figure(norms.map(rule.factor(norm:))),
            "expected": .figure(rule.combine(UpdateBlock(rows), weights: weights)),
        ]
    }
}
