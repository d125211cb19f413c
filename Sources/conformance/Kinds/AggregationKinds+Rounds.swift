import CanonicalJSON
import Federation
import Foundation

/// Rules that remember, normalize or correct, and updates that must not be counted.
extension AggregationKinds {
    static func optimizers(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let kinds: [String: ServerOptimizer.Kind] = [
            "fedavgm": .momentum, "fedadam": .adam, "fedyogi": .yogi, "fedadagrad": .adagrad,
        ]
        guard let kind = kinds[try root.member("optimizer").text()] else {
            throw CaseProblem("an unknown optimizer")
        }
        let first = item["beta1"]?.doubleValue ?? item["beta"]?.doubleValue
        let optimizer = ServerOptimizer(
            kind: kind,
            learningRate: try root.member("eta").number(),
            beta1: first ?? 0,
            beta2: item["beta2"]?.doubleValue ?? 0,
            tau: item["tau"]?.doubleValue ?? 0
        )
        var model = try root.member("x0").numbers()
        var momentum = model.map { _ in 0.0 }
        var variance = model.map { _ in optimizer.initialVariance }
        let steps = try root.member("steps").elements().map { step -> JSONValue in
            let given = try step.member("delta").numbers()
            guard given.count == model.count else {
                throw CaseProblem("a delta has another length")
            }
            var delta = given
            optimizer.step(&delta, momentum: &momentum, variance: &variance)
            model = zip(model, delta).map { $0 + $1 }
            return [
                "delta": .figure(given), "x": .figure(model), "m": .figure(momentum),
                "momentum": .figure(momentum), "v": .figure(variance),
            ]
        }
        return ["steps": .array(steps), "v_init": .number(optimizer.initialVariance)]
    }

    static func fednova(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let rule = FedNova(momentum: try root.member("momentum").number())
        let model = try root.member("x").numbers()
        let deltas = try updates(item, "client_models").map { zip($0, model).map { $0 - $1 } }
        let steps = try root.member("local_steps").elements().map { try $0.count() }
        let weights = try root.member("num_samples").numbers()
        guard deltas.count == steps.count, steps.count == weights.count else {
            throw CaseProblem("sites, steps and samples differ in number")
        }
        let norms = steps.map(rule.accumulation(steps:))
        let total = weights.reduce(0, +)
        let effective = zip(weights, norms).reduce(0) { $0 + $1.0 * $1.1 } / total
        let factors = rule.factors(weights: weights, steps: steps)
        let step = try mean(deltas, factors).map { $0 * factors.reduce(0, +) }
        let plain = try mean(deltas, weights)
        return [
            "a_norm": .figure(norms), "tau_eff": .number(effective),
            "expected": .figure(zip(model, step).map { $0 + $1 }),
            "plain_fedavg": .figure(zip(model, plain).map { $0 + $1 }),
        ]
    }

    static func fedprox(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let rule = FedProx(proximalWeight: try root.member("mu").number())
        let global = try root.member("global_model").numbers()
        let local = try root.member("local_model").numbers()
        var gradient = try root.member("task_gradient").numbers()
        let (scale, centre) = (
            try root.member("quadratic_h").numbers(), try root.member("quadratic_b").numbers()
        )
        guard Set([global, local, gradient, scale, centre].map(\.count)).count == 1 else {
            throw CaseProblem("the vectors differ in length")
        }
        rule.add(to: &gradient, local: local, global: global)
        let rate = try root.member("lr").number()
        var model = global
        for _ in 0..<(try root.member("local_steps").count()) {
            var slope = model.indices.map { scale[$0] * (model[$0] - centre[$0]) }
            rule.add(to: &slope, local: model, global: global)
            model = zip(model, slope).map { $0 - rate * $1 }
        }
        return [
            "expected_gradient": .figure(gradient),
            "prox_term": .number(rule.term(local: local, global: global)),
            "expected_after_steps": .figure(model),
        ]
    }

    static func scaffold(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let (model, server) = (try root.member("x").numbers(), try root.member("c").numbers())
        let (own, scales) = (try updates(item, "client_c"), try updates(item, "quadratic_h"))
        let centres = try updates(item, "quadratic_b")
        let steps = try root.member("local_steps").elements().map { try $0.count() }
        let rate = try root.member("local_lr").number()
        guard own.count == steps.count, scales.count == own.count, centres.count == own.count,
            rate > 0, steps.allSatisfy({ $0 > 0 })
        else { throw CaseProblem("the sites do not fit together") }
        var locals: [[Double]] = []
        for site in own.indices {
            var local = model
            for _ in 0..<steps[site] {
                for place in local.indices {
                    let slope = scales[site][place] * (local[place] - centres[site][place])
                    local[place] -= rate * (slope - own[site][place] + server[place])
                }
            }
            locals.append(local)
        }
        let deltas = locals.map { zip($0, model).map { $0 - $1 } }
        let controls = own.indices.map { site in
            Scaffold.siteControl(
                own[site],
                server: server,
                delta: deltas[site],
                steps: steps[site],
                learningRate: rate
            )
        }
        let rule = Scaffold(
            serverLearningRate: try root.member("server_lr").number(),
            localLearningRate: rate,
            totalSites: try root.member("total_clients").count()
        )
        var (step, control) = (model.map { _ in 0.0 }, server)
        rule.combine(UpdateBlock(deltas), steps: steps, into: &step, control: &control)
        return [
            "expected_local_models": .array(locals.map(JSONValue.figure)),
            "expected_client_c_new": .array(controls.map(JSONValue.figure)),
            "expected_x": .figure(zip(model, step).map { $0 + $1 }),
            "expected_c": .figure(control),
        ]
    }

    /// What is refused must be refused as Float32, the form in which updates travel.
    static func hostile(_ item: JSONValue) throws -> JSONValue {
        guard item["good_updates"] != nil else { return try badWeights(item) }
        guard item["bad_update"] != nil else { return try inflated(item) }
        let good = try updates(item, "good_updates")
        let bad = (item["bad_update"]?.arrayValue ?? []).map(hostileNumber)
        let isRefused =
            bad.count != good[0].count || !bad.allSatisfy { Float($0).isFinite }
        var result: [String: JSONValue] = [
            "must_reject_before_aggregation": .bool(isRefused),
            "expected_if_rejected_uniform_mean": .figure(try mean(good, good.map { _ in 1 })),
        ]
        guard !isRefused else { return .object(result) }
        let block = UpdateBlock(good + [bad])
        let rule = Krum(byzantineSites: 1)
        result["expected_median"] = .figure(try median(block))
        result["expected_trimmed_mean_1"] = .figure(trimmedMean(block, 1))
        result["expected_krum_f1_selected"] = .figure(
            rule.selected(PairwiseDistances(block))[0]
        )
        result["expected_krum_f1"] = .figure(rule.combine(block))
        result["plain_mean_is_ruined"] = .figure(
            try mean(good + [bad], (good + [bad]).map { _ in 1 })
        )
        return .object(result)
    }

    /// Weights above a site's ceiling are refused; the vectors show the mean at the ceiling.
    private static func inflated(_ item: JSONValue) throws -> JSONValue {
        let root = try CaseReader(item, "case")
        let good = try updates(item, "good_updates")
        let cap = try root.member("cap").number()
        let weights = try root.member("weights").numbers().map { min($0, cap) }
        guard weights.count == good.count else { throw CaseProblem("weights and updates differ") }
        return ["expected_capped": .figure(try mean(good, weights))]
    }

    /// Every bad weight, and a round of weight 0, is refused before anything is divided.
    private static func badWeights(_ item: JSONValue) throws -> JSONValue {
        let weights = (item["bad_weights"]?.arrayValue ?? []).map(hostileNumber) + [0]
        for weight in weights {
            guard let site = SiteID(rawValue: "site") else { throw CaseProblem("no site") }
            let update = WeightedUpdate(site: site, file: URL(filePath: "/"), weight: weight)
            guard (try? WeightedUpdate.check([update])) == nil else {
                throw CaseProblem("the weight \(weight) was not refused")
            }
        }
        return ["expectation": item["expectation"] ?? nil]
    }

    private static func hostileNumber(_ value: JSONValue) -> Double {
        switch value.stringValue {
        case "NaN": .nan
        case "Infinity": .infinity
        case "-Infinity": -.infinity
        default: value.doubleValue ?? .nan
        }
    }
}
