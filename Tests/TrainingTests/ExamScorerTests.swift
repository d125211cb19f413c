import Evaluation
import NeuralNetwork
import Synchronization
import Tensors
import Testing
import Training

@Suite struct ExamScorerTests {
    private static func score(
        _ exam: BuiltExam,
        pooling: @escaping ExamScorer.Pooling = { $0.max() ?? 0 }
    ) throws -> ExamScore {
        try ExamScorer(network: SmallNetwork.network(), pooling: pooling)
            .score(try exam.exam(), with: SmallNetwork.description.initialParameters(seed: 1))
    }

    @Test func `the exam's score is what the pooling makes of its slices`() throws {
        let seen = Mutex<[Double]>([])
        let pooled = try Self.score(BuiltExam(any: true)) { scores in
            seen.withLock { $0 = scores }
            return 0.25
        }
        #expect(pooled.result.score == 0.25)
        let scores = seen.withLock { $0 }
        #expect(scores.count == 5 && scores.allSatisfy { (0...1).contains($0) })
        #expect(try Self.score(BuiltExam(any: true)).result.score == scores.max())
    }

    @Test func `an exam known to be negative counts as empty masks`() throws {
        let result = try Self.score(BuiltExam(any: false)).result
        let overlap = try #require(result.overlap, "no reference masks")
        #expect(overlap.reference == 0)
        let tiles = try #require(result.tiles, "no reference masks")
        #expect(tiles.positiveCount == 0 && tiles.negativeCount > 0)
        #expect(result.label == false && result.volumeML == nil)
    }

    @Test func `masks give overlap, tiles and volume`() throws {
        let result = try Self.score(
            BuiltExam(any: true, lesionSlices: [1, 2], masksAreKnown: true)
        ).result
        #expect(result.overlap?.reference == 72)
        let volume = try #require(result.volumeML)
        #expect(abs(volume - 72 * 4 * 4 * 5 / 1000) < 1e-9)
        #expect((result.tiles?.positiveCount ?? 0) > 0 && (result.tiles?.negativeCount ?? 0) > 0)
    }

    @Test func `a positive exam without masks has neither overlap nor tiles`() throws {
        let result = try Self.score(BuiltExam(any: true)).result
        #expect(result.overlap == nil && result.tiles == nil && result.volumeML == nil)
        #expect(result.label == true)
    }

    @Test func `a site with negative exams only says which class is missing, not that masks are`()
        throws
    {
        let results = try (0..<6).map { number in
            try Self.score(BuiltExam(id: "2.25.\(number)", any: false)).result
        }
        let metrics = try SiteMetrics.compute(
            exams: results,
            request: MetricsRequest(
                allowed: [.examAUROC, .dice, .tileAUROC],
                threshold: 0.5,
                strata: .standard
            ),
            policy: .publicData
        )
        for withheld in [metrics.auroc.withheld, metrics.tiles.withheld, metrics.dice.withheld] {
            #expect(withheld?.text.contains("not estimable") == true)
            #expect(withheld?.text.contains("no positive cases") == true)
        }
    }
}
