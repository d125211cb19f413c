import Federation
import FederationSimulator
import Foundation
import TestSupport
import Testing

/// Thousands of worlds, of which no one may break an invariant.
///
/// A failing seed is printed and can be played again alone, with the environment variable
/// `FEDERATION_SEED`; `FEDERATION_SEEDS` sets how many are played.
@Suite struct SimulationTests {
    private static let environment = ProcessInfo.processInfo.environment

    private static func plan() throws -> Plan {
        let url = SharedData.repository.appending(path: "Sites/plan.yaml")
        return try Plan.parse(yaml: try String(contentsOf: url, encoding: .utf8))
    }

    /// Plays seeds on all cores and returns their reports; every violation is recorded.
    private static func play(_ seeds: Range<UInt64>) async throws -> [SimulationReport] {
        let plan = try plan()
        let lanes = UInt64(ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: [SimulationReport].self) { group in
            for lane in 0..<lanes {
                group.addTask {
                    var reports: [SimulationReport] = []
                    for seed in seeds where seed % lanes == lane {
                        do {
                            var simulation = try Simulation(seed: seed, plan: plan)
                            reports.append(try simulation.run())
                        } catch let violation as InvariantViolation {
                            Issue.record("\(violation)")
                        }
                    }
                    return reports
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    @Test func `no world breaks an invariant`() async throws {
        let single = Self.environment["FEDERATION_SEED"].flatMap(UInt64.init)
        let count = Self.environment["FEDERATION_SEEDS"].flatMap(UInt64.init) ?? 2000
        let seeds = single.map { $0..<$0 + 1 } ?? 0..<count
        let start = ContinuousClock.now
        let reports = try await Self.play(seeds)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        func sum(_ value: (SimulationReport) -> Int) -> Int { reports.map(value).reduce(0, +) }
        func ended(_ ending: SimulationReport.Ending) -> Int {
            reports.count { $0.ending == ending }
        }
        print(
            "simulator: \(reports.count) seeds in \(seconds) s: \(ended(.completed)) completed, "
                + "\(ended(.failed)) failed, \(ended(.refusedOlderHistory)) refused an older history; "
                + "\(sum(\.events)) events, \(sum(\.coordinatorCrashes)) coordinator and "
                + "\(sum(\.siteCrashes)) site crashes, \(sum(\.lost)) messages lost, "
                + "\(sum(\.repeated)) repeated, \(sum(\.acknowledged)) updates acknowledged, "
                + "\(sum(\.countedLate)) counted late, \(sum(\.countedStale)) stale, "
                + "\(reports.count { $0.stoppedEarly }) stopped early, "
                + "\(reports.count { $0.isUndisturbed }) with the bits of an undisturbed run"
        )
        #expect(reports.count == seeds.count)
        guard single == nil, count >= 500 else { return }
        // The worlds must be bad enough, and not so bad that nothing ends well.
        #expect(ended(.completed) > reports.count / 3)
        #expect(ended(.failed) > reports.count / 100)
        #expect(ended(.refusedOlderHistory) > 0)
        #expect(sum(\.coordinatorCrashes) > reports.count)
        #expect(sum(\.countedLate) > 0)
        #expect(sum(\.countedStale) > 0)
        #expect(reports.contains { $0.stoppedEarly })
        #expect(reports.count { $0.isUndisturbed } > reports.count / 50)
    }

    @Test func `the same seed plays the same history`() throws {
        let plan = try Self.plan()
        for seed in 5000..<5020 as Range<UInt64> {
            var first = try Simulation(seed: seed, plan: plan)
            var second = try Simulation(seed: seed, plan: plan)
            #expect(try first.run() == (try second.run()))
        }
    }

    @Test(arguments: SimulationSettings.PlantedBug.allCases)
    func `the checks find what is planted`(bug: SimulationSettings.PlantedBug) throws {
        let plan = try Self.plan()
        var found: [InvariantViolation] = []
        for seed in 0..<60 as Range<UInt64> {
            var simulation = try Simulation(seed: seed, plan: plan) {
                $0.bug = bug
                if $0.crash > 0 { $0.crash = max($0.crash, 0.02) }
            }
            do throws(InvariantViolation) {
                _ = try simulation.run()
            } catch {
                found.append(error)
            }
        }
        #expect(!found.isEmpty)
        print("planted \(bug.rawValue): \(found.count) of 60 worlds, \(found.first?.message ?? "")")
    }
}
