import Evaluation
import Testing

extension EndToEndTests {
    @Suite struct RepeatabilityTests {
        @Test func `the same seed ends in the same model, another seed in another`() async throws {
            var models: [String] = []
            var plans: [String] = []
            for seed in ["11", "11", "12"] {
                let run = DemoRun(["--seed", seed])
                _ = try await run.finished()
                let comparison = try run.comparison()
                models.append(comparison.model.sha256)
                plans.append(comparison.plan.sha256)
                #expect(comparison.seed == Int(seed))
            }
            #expect(models[0] == models[1])
            #expect(plans[0] == plans[1])
            #expect(models[0] != models[2])
            #expect(plans[0] != plans[2])
        }
    }
}
