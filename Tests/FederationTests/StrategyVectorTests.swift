import CanonicalJSON
import Federation
import Testing

/// Every rule on whole vectors in Float64 against the golden vectors.
@Suite struct StrategyVectorTests {
    private typealias Vectors = AggregationVectors

    private func cases(_ name: String, atLeast count: Int) throws -> [JSONValue] {
        let cases = try Vectors(name).cases
        #expect(cases.count >= count)
        return cases
    }

    private func block(_ value: JSONValue?) -> UpdateBlock { UpdateBlock(Vectors.matrix(value)) }

    @Test func `the coordinate median`() throws {
        for test in try cases("coordinate_median", atLeast: 6) {
            let block = block(test["updates"])
            var step = [Double](repeating: 0, count: block.width)
            CoordinateMedian().combine(block, weights: [], into: &step)
            #expect(agree(step, Vectors.vector(test["expected"])))
        }
        for test in try cases("weighted_median_lower", atLeast: 5) {
            let block = block(test["updates"])
            var step = [Double](repeating: 0, count: block.width)
            CoordinateMedian(isWeighted: true)
                .combine(block, weights: Vectors.vector(test["weights"]), into: &step)
            #expect(agree(step, Vectors.vector(test["expected_lower_weighted_median"])))
        }
    }

    @Test func `the trimmed mean`() throws {
        for test in try cases("trimmed_mean", atLeast: 13) {
            let block = block(test["updates"])
            var step = [Double](repeating: 0, count: block.width)
            let trim = Vectors.number(try #require(test["trim_each_side"]))
            TrimmedMean(trimEachSide: Int(trim)).combine(block, into: &step)
            #expect(agree(step, Vectors.vector(test["expected"])))
        }
    }

    @Test func `Krum and multi-Krum, with all scores`() throws {
        for test in try cases("krum", atLeast: 13) {
            let block = block(test["updates"])
            let hostile = Int(Vectors.number(try #require(test["f"])))
            let distances = PairwiseDistances(block)
            let krum = Krum(byzantineSites: hostile)
            #expect(agree(krum.scores(distances), Vectors.vector(test["scores"])))
            #expect(krum.selected(distances) == Vectors.integers(.array([test["selected"] ?? nil])))
            #expect(agree(krum.combine(block), Vectors.vector(test["expected"])))
            for multi in test["multi"]?.arrayValue ?? [] {
                let kept = Int(Vectors.number(try #require(multi["m"])))
                let rule = Krum(byzantineSites: hostile, kept: kept)
                #expect(rule.selected(distances) == Vectors.integers(multi["selected"]))
                #expect(agree(rule.combine(block), Vectors.vector(multi["expected"])))
            }
        }
    }

    @Test func `Bulyan, with the order of selection`() throws {
        for test in try cases("bulyan", atLeast: 8) {
            let block = block(test["updates"])
            let rule = Bulyan(byzantineSites: Int(Vectors.number(try #require(test["f"]))))
            let selected = rule.selected(PairwiseDistances(block))
            #expect(selected == Vectors.integers(test["selected_in_order"]))
            var step = [Double](repeating: 0, count: block.width)
            rule.combine(block, selected: selected, into: &step)
            #expect(agree(step, Vectors.vector(test["expected"])))
        }
    }

    @Test func `the geometric median, and every iterate of RFA`() throws {
        for test in try cases("geometric_median", atLeast: 4) {
            let weights = Vectors.vector(test["weights"])
            let step = GeometricMedian(iterationsMax: 2000)
                .combine(block(test["updates"]), weights: weights)
            #expect(agree(step, Vectors.vector(test["expected"]), relative: 0, absolute: 1e-6))
        }
        for test in try cases("rfa_smoothed_weiszfeld", atLeast: 4) {
            let rule = GeometricMedian(
                iterationsMax: Int(Vectors.number(try #require(test["iterations"]))),
                smoothing: Vectors.number(try #require(test["nu"]))
            )
            let rows = Vectors.matrix(test["updates"])
            let shares = rule.shares(
                PairwiseDistances(UpdateBlock(rows)),
                weights: Vectors.vector(test["weights"])
            )
            let trace = Vectors.matrix(test["trace"])
            #expect(shares.count == trace.count)
            for (share, expected) in zip(shares, trace) {
                let point = expected.indices.map { place in
                    rows.indices.reduce(0) { $0 + share[$1] * rows[$1][place] }
                }
                #expect(agree(point, expected))
            }
        }
    }

    @Test func `the mean of shortened updates`() throws {
        for test in try cases("norm_clipped_mean", atLeast: 5) {
            let rule = NormClippedMean(clipNorm: Vectors.number(try #require(test["clip"])))
            let factors = Vectors.vector(test["norms"]).map(rule.factor(norm:))
            #expect(agree(factors, Vectors.vector(test["factors"])))
            let step = rule.combine(
                block(test["updates"]),
                weights: Vectors.vector(test["weights"])
            )
            #expect(agree(step, Vectors.vector(test["expected"])))
        }
    }

    @Test func `FedAvgM, FedAdam, FedYogi and FedAdagrad over six steps`() throws {
        let kinds: [String: ServerOptimizer.Kind] = [
            "fedavgm": .momentum, "fedadam": .adam, "fedyogi": .yogi, "fedadagrad": .adagrad,
        ]
        for test in try cases("server_optimizers", atLeast: 14) {
            let figure = { (key: String) in test[key].map(Vectors.number) }
            let optimizer = ServerOptimizer(
                kind: try #require(kinds[test["optimizer"]?.stringValue ?? ""]),
                learningRate: try #require(figure("eta")),
                beta1: figure("beta1") ?? figure("beta") ?? 0,
                beta2: figure("beta2") ?? 0,
                tau: figure("tau") ?? 1
            )
            var model = Vectors.vector(test["x0"])
            var momentum = model.map { _ in 0.0 }
            var variance = model.map { _ in optimizer.initialVariance }
            for step in test["steps"]?.arrayValue ?? [] {
                var delta = Vectors.vector(step["delta"])
                optimizer.step(&delta, momentum: &momentum, variance: &variance)
                for index in model.indices { model[index] += delta[index] }
                #expect(agree(model, Vectors.vector(step["x"])))
                #expect(agree(momentum, Vectors.vector(step["m"] ?? step["momentum"])))
                guard let expected = step["v"] else { continue }
                #expect(agree(variance, Vectors.vector(expected)))
            }
        }
    }

    @Test func `FedNova, and that it is not the mean`() throws {
        for test in try cases("fednova", atLeast: 5) {
            let rule = FedNova(momentum: Vectors.number(try #require(test["momentum"])))
            let steps = Vectors.integers(test["local_steps"])
            #expect(agree(steps.map(rule.accumulation(steps:)), Vectors.vector(test["a_norm"])))
            let (model, locals) = (Vectors.vector(test["x"]), Vectors.matrix(test["client_models"]))
            let factors = rule.factors(
                weights: Vectors.vector(test["num_samples"]),
                steps: steps
            )
            let result = model.indices.map { place in
                zip(factors, locals).reduce(model[place]) {
                    $0 + $1.0 * ($1.1[place] - model[place])
                }
            }
            #expect(agree(result, Vectors.vector(test["expected"]), absolute: 1e-11))
            #expect(!agree(result, Vectors.vector(test["plain_fedavg"])))
        }
    }

    @Test func `FedProx: the gradient, the term and whole local runs`() throws {
        for test in try cases("fedprox", atLeast: 5) {
            let figure = { (key: String) in Vectors.vector(.array([test[key] ?? nil]))[0] }
            let rule = FedProx(proximalWeight: figure("mu"))
            let global = Vectors.vector(test["global_model"])
            let local = Vectors.vector(test["local_model"])
            var gradient = Vectors.vector(test["task_gradient"])
            rule.add(to: &gradient, local: local, global: global)
            #expect(agree(gradient, Vectors.vector(test["expected_gradient"])))
            #expect(agree([rule.term(local: local, global: global)], [figure("prox_term")]))
            let (scale, centre) = (
                Vectors.vector(test["quadratic_h"]), Vectors.vector(test["quadratic_b"])
            )
            var model = global
            for _ in 0..<Int(figure("local_steps")) {
                var slope = model.indices.map { scale[$0] * (model[$0] - centre[$0]) }
                rule.add(to: &slope, local: model, global: global)
                for index in model.indices { model[index] -= figure("lr") * slope[index] }
            }
            #expect(agree(model, Vectors.vector(test["expected_after_steps"])))
        }
    }

    @Test func `SCAFFOLD: local steps, both control variates and the model`() throws {
        for test in try cases("scaffold", atLeast: 5) {
            let figure = { (key: String) in Vectors.vector(.array([test[key] ?? nil]))[0] }
            let (model, server) = (Vectors.vector(test["x"]), Vectors.vector(test["c"]))
            let own = Vectors.matrix(test["client_c"])
            let (scales, centres) = (
                Vectors.matrix(test["quadratic_h"]), Vectors.matrix(test["quadratic_b"])
            )
            let (steps, rate) = (Vectors.integers(test["local_steps"]), figure("local_lr"))
            var deltas: [[Double]] = []
            for site in own.indices {
                var local = model
                for _ in 0..<steps[site] {
                    for place in local.indices {
                        let slope = scales[site][place] * (local[place] - centres[site][place])
                        local[place] -= rate * (slope - own[site][place] + server[place])
                    }
                }
                deltas.append(zip(local, model).map { $0 - $1 })
                let control = Scaffold.siteControl(
                    own[site],
                    server: server,
                    delta: deltas[site],
                    steps: steps[site],
                    learningRate: rate
                )
                let expected = Vectors.matrix(test["expected_client_c_new"])[site]
                #expect(agree(control, expected, absolute: 1e-11))
            }
            let rule = Scaffold(
                serverLearningRate: figure("server_lr"),
                localLearningRate: rate,
                totalSites: Int(figure("total_clients"))
            )
            var (step, control) = (model.map { _ in 0.0 }, server)
            rule.combine(UpdateBlock(deltas), steps: steps, into: &step, control: &control)
            #expect(agree(zip(model, step).map { $0 + $1 }, Vectors.vector(test["expected_x"])))
            #expect(agree(control, Vectors.vector(test["expected_c"]), absolute: 1e-11))
        }
    }
}
