import Evaluation
import Federation
import NeuralNetwork
import Tensors
import Training

/// Scores models on the site's test exams and puts the result through disclosure control.
struct SiteScorer: Sendable {
    let plan: Plan
    let profile: SiteProfile
    let policy: SitePolicy
    let exams: [TrainingExam]
    let report: @Sendable (_ done: Int, _ total: Int) throws -> Void

    /// The site's line of the comparison: federated beside local-only; blocking, for a compute thread.
    func compare(
        siteID: String,
        federated: NamedTensors,
        localOnly: NamedTensors?,
        intake: IntakeCounts
    ) throws -> SiteComparison {
        let network = try plan.network()
        let pooling = plan.metrics.scorePooling
        let scorer = ExamScorer(network: network) { pooling.pool($0) }
        let total = exams.count * (localOnly == nil ? 1 : 2)
        let own = try score(scorer, federated, done: 0, total: total)
        var comparison = SiteComparison(id: siteID, name: profile.name, intake: .value(intake))
        let federatedMetrics = try metrics(own)
        guard let localOnly else {
            comparison.federated = .value(federatedMetrics)
            comparison.localOnly = .withheld(.sitePolicy)
            comparison.difference = .withheld(.sitePolicy)
            return comparison
        }
        let local = try score(scorer, localOnly, done: exams.count, total: total)
        let localMetrics = try metrics(local)
        comparison.federated = .value(federatedMetrics.beside(localMetrics))
        comparison.localOnly = .value(localMetrics.beside(federatedMetrics))
        comparison.difference = try DifferenceEstimate.compute(
            federated: own,
            localOnly: local,
            request: try request(),
            policy: policy.disclosure(with: profile)
        )
        return comparison
    }

    /// The score by which models of a run are compared; nil where disclosure control withholds it.
    func selectionScore(of parameters: NamedTensors) throws -> Double? {
        let pooling = plan.metrics.scorePooling
        let scorer = ExamScorer(network: try plan.network()) { pooling.pool($0) }
        return try metrics(try score(scorer, parameters, done: 0, total: exams.count))
            .selectionScore
    }

    private func score(
        _ scorer: ExamScorer,
        _ parameters: NamedTensors,
        done: Int,
        total: Int
    ) throws -> [ExamResult] {
        var results: [ExamResult] = []
        for exam in exams {
            results.append(try scorer.score(exam, with: parameters).result)
            try report(done + results.count, total)
        }
        return results
    }

    private func metrics(_ results: [ExamResult]) throws -> SiteMetrics {
        try SiteMetrics.compute(
            exams: results,
            request: try request(),
            policy: policy.disclosure(with: profile)
        )
    }
    /// What the plan asks for, as far as the site gives it.
    private func request() throws -> MetricsRequest {
        let asked = try plan.metricsRequest()
        let given = Set(policy.metrics.compactMap { MetricKind(rawValue: $0.rawValue) })
        return MetricsRequest(
            allowed: asked.allowed.intersection(given),
            threshold: asked.threshold,
            strata: asked.strata
        )
    }
}
